/** The single keys of each page, by what they do: pages act by these tables, and the help shows them. */

export const LIST_KEYS = { next: "n", search: "s", filter: "f", down: "j", up: "k", tick: "x" } as const;
export const CASE_KEYS = { next: "n", take: "t", request: "f", decide: "e", note: "z" } as const;

/** What each key of a table does; a key without an act, or an act without a key, does not compile. */
export type Acts<Table> = Readonly<Record<keyof Table, () => void>>;

/** The act that belongs to a pressed key; large and small letters are the same. */
export function actOf<Table extends Readonly<Record<string, string>>>(
  keys: Table,
  acts: Acts<Table>,
  pressed: string,
): (() => void) | undefined {
  const name = Object.keys(keys).find((each) => keys[each] === pressed.toLowerCase());
  return name === undefined ? undefined : acts[name];
}
