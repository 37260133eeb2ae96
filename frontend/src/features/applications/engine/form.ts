/** A form as getForm answers it, and what is typed into it. How it is written: backend/forms/packages/README.md. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
export type Answers = JsonObject;

export type FieldType =
  | "text"
  | "long_text"
  | "number"
  | "money"
  | "date"
  | "yes_no"
  | "one_of"
  | "some_of"
  | "address"
  | "person"
  | "group"
  | "plate"
  | "iban"
  | "email"
  | "phone"
  | "country"
  | "file"
  | "declaration";

export type Nodes = Readonly<Record<string, Node>>;

/** One field of the schema; which keywords it has depends on its type. */
export interface Node {
  readonly type: string;
  readonly "x-type": FieldType;
  readonly enum?: readonly string[];
  readonly items?: Items;
  readonly properties?: Nodes;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly "x-charset"?: "name" | "latin" | "any";
  readonly "x-not-before"?: string;
  readonly "x-not-after"?: string;
  readonly "x-postcodes"?: "bremen" | "bremerhaven" | "land";
  readonly "x-autocomplete"?: string;
  readonly "x-sensitive"?: boolean;
  readonly "x-prefill"?: string;
  readonly "x-prefill-locked"?: boolean;
}

export interface Items {
  readonly enum?: readonly string[];
  readonly properties?: Nodes;
  readonly required?: readonly string[];
}

/** A condition on answers: true, false, or a JSON Schema of a few keywords. */
export type Condition = boolean | ConditionSchema;
export interface ConditionSchema {
  readonly properties?: Readonly<Record<string, Condition>>;
  readonly required?: readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly not?: Condition;
  readonly allOf?: readonly Condition[];
  readonly anyOf?: readonly Condition[];
  readonly contains?: Condition;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly type?: string;
}

export type FileFormat = "pdf" | "jpeg" | "png" | "heic";

export interface PageField {
  readonly field: string;
  readonly visible_if?: Condition;
  readonly required?: Condition;
  readonly file?: { readonly formats?: readonly FileFormat[] };
}

export interface FormPage {
  readonly id: string;
  readonly review_group: string;
  readonly repeat?: string;
  readonly visible_if?: Condition;
  readonly fields: readonly PageField[];
}

export interface FormText {
  readonly text: string;
  readonly lang: string;
}

/** What both sides decide alike, as far as the form asks for it. */
export interface Checks {
  readonly email: {
    readonly max: number;
    readonly pattern: string;
    readonly local_max: number;
    readonly label_max: number;
    readonly foreign_label_max: number;
    readonly foreign_max: number;
    readonly refused_ends: readonly string[];
  };
  readonly phone: { readonly ignored: string; readonly pattern: string };
  readonly plate: { readonly ignored: string; readonly pattern: string; readonly most_signs: number };
  readonly iban?: {
    readonly ignored: string;
    readonly pattern: string;
    readonly lengths: Readonly<Record<string, number>>;
  };
  readonly postcode: { readonly pattern: string };
  readonly attachment_id: { readonly max: number };
  readonly countries?: readonly string[];
  readonly name: { readonly prefix: string; readonly letter: string };
  readonly postcodes: Readonly<Record<string, string>>;
}

export interface FormFacts {
  readonly service: string | null;
  readonly leika: string | null;
  readonly authorities: readonly string[];
  readonly responsible_office: string | null;
  readonly legal_basis: readonly { readonly text: string; readonly source: string; readonly checked: boolean }[];
  readonly trust_level: "none" | "basic" | "substantial" | "high";
  readonly payment: { readonly when: "before_review" | "with_decision" | "none"; readonly counter: boolean };
  readonly promise_days: number | null;
  readonly promise_source: string | null;
  readonly undo_minutes: number;
  readonly retention_days: Readonly<Record<string, number>>;
  readonly representation: boolean;
  readonly appointment_service: string | null;
  readonly electronic_delivery: boolean;
}

export interface Form {
  readonly slug: string;
  readonly version: number;
  readonly content_hash: string;
  readonly lang: string;
  readonly facts: FormFacts;
  readonly schema: { readonly properties: Nodes };
  readonly pages: readonly FormPage[];
  readonly texts: Readonly<Record<string, FormText>>;
  readonly checks: Checks;
}

/** What is wrong at one place: pointer into the answers, stable code, values of its message. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The groups whose entries have pages of their own. */
export function repeated(form: Form): ReadonlySet<string> {
  return new Set(form.pages.flatMap((page) => page.repeat ?? []));
}

/** The nodes below a node: parts of an address or person, fields of a group's entries. */
export function partsOf(node: Node): Nodes {
  return node.properties ?? node.items?.properties ?? {};
}
