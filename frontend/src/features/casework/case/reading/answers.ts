/** Answers of a case with what became of them: the last change of each, groups, and files that belong to no page. Pure. */
import type { Case } from "../../types";

export type Field = Case["pages"][number]["fields"][number];
export type Attachment = Case["attachments"][number];
type Version = Case["versions"][number];
export type Change = Version["changes"][number] & Pick<Version, "at" | "by">;

/** The newest change of each answer by its pointer. */
export function lastChanges(versions: readonly Version[]): ReadonlyMap<string, Change> {
  return new Map(versions.flatMap(({ at, by, changes }) => changes.map((each) => [each.pointer, { ...each, at, by }])));
}

/** How many entries a group has; null for what is no group. */
export function entriesOf({ type, value }: Field): number | null {
  if (type !== "group") return null;
  return Array.isArray(value) ? value.length : 0;
}

/** Files that no page shows: sent with a message, or for a question that is no longer asked. */
export function otherFiles({ pages, attachments }: Pick<Case, "pages" | "attachments">): Attachment[] {
  const shown = new Set(pages.flatMap(({ fields }) => fields.flatMap(({ files }) => files)));
  return attachments.filter(({ attachment_id }) => !shown.has(attachment_id));
}

/** Fields of a page that stand together: those of the page itself, and those of each entry of a group (counted from 1). */
export interface Block {
  entry: number | null;
  fields: Field[];
}

export function blocksOf(fields: readonly Field[]): Block[] {
  const blocks: Block[] = [];
  for (const field of fields) {
    const [, , place] = field.pointer.split("/");
    const entry = place !== undefined && /^\d+$/.test(place) ? Number(place) + 1 : null;
    const last = blocks.at(-1);
    if (last && last.entry === entry) last.fields.push(field);
    else blocks.push({ entry, fields: [field] });
  }
  return blocks;
}
