/** What can be asked for or corrected: the fields and evidence slots of the form that this person saw. Pure. */
import type { Case } from "../../types";

export interface Place {
  /** Id of the field or slot in the form. */
  name: string;
  label: string;
}

interface PageOfPlaces {
  page: string;
  title: string;
  fields: Place[];
}

export interface Places {
  slots: Place[];
  pages: PageOfPlaces[];
}

type Field = Case["pages"][number]["fields"][number];

const nameOf = (pointer: string): string => pointer.split("/")[1] ?? "";
const stepsIn = (pointer: string): number => pointer.split("/").length - 1;

/** A field inside the entries of a group is asked for as the whole group, under the name of its page. */
function placeOf({ pointer, label }: Field, title: string): Place {
  return { name: nameOf(pointer), label: stepsIn(pointer) > 1 ? title : label };
}

export function placesOf(item: Pick<Case, "pages">): Places {
  const seen = new Set<string>();
  const once = ({ name }: Place): boolean => !seen.has(name) && Boolean(seen.add(name));
  const slots: Place[] = [];
  const pages = item.pages.map(({ page, title, fields }) => {
    const files = fields.filter(({ type }) => type === "file");
    slots.push(...files.map((field) => placeOf(field, title.text)).filter(once));
    const others = fields.filter(({ type }) => type !== "file");
    return { page, title: title.text, fields: others.map((field) => placeOf(field, title.text)).filter(once) };
  });
  return { slots, pages: pages.filter(({ fields }) => fields.length > 0) };
}

/** Fields whose small mistakes the office may correct: no files, nothing declared, sensitive, or vouched for by the account. */
export function correctable({ pages }: Pick<Case, "pages">, isSensitive: (pointer: string) => boolean): Case["pages"] {
  const open = ({ type, locked, pointer }: Field): boolean =>
    !["file", "declaration", "group"].includes(type) && !locked && !isSensitive(pointer);
  return pages.map((page) => ({ ...page, fields: page.fields.filter(open) })).filter(({ fields }) => fields.length > 0);
}
