/** Who acts, and the place where this person's typed words about a case are kept. */
import { createContext, useContext } from "react";
import type { Case, Profile } from "../../types";

export const MeContext = createContext<Profile | null>(null);

export function useMe(): Profile {
  const me = useContext(MeContext);
  if (!me) throw new Error("acting stands outside of its person");
  return me;
}

/** Names person, case and form, so that nobody meets the words of somebody else in the same tab. */
export function useMyPlace({ line }: Pick<Case, "line">, form: string): string {
  return ["staff", useMe().account, line.reference, form].join(".");
}
