/** Names of persons as registers can hold them (DIN 91379, data type A). The twin of backend/core/names.py: check_name. */
import type { Checks } from "./form";

const OTHER_SCRIPT = /(?!\p{Script=Latin}|\p{Script=Common})\p{L}/u;
const SPACES = /[ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const SAME_LOOKS: Readonly<Record<string, string>> = {
  "\u2010": "-",
  "\u2011": "-",
  "\u2018": "\u2019",
  "\u02bc": "\u2019",
};

/** True when a letter is neither Latin nor shared by all scripts. */
export function isOtherScript(text: string): boolean {
  return OTHER_SCRIPT.test(text);
}

/** The first sign that a register does not know, the whole name when it has no letter, else null. */
export function foreignSign(text: string, rule: Checks["name"]): string | null {
  const spaced = text.normalize("NFC").replace(SPACES, " ");
  const name = spaced.replace(/[\u2010\u2011\u2018\u02bc]/gu, (sign) => SAME_LOOKS[sign] ?? sign);
  const good = new RegExp(`^${rule.prefix}`, "u").exec(name)?.[0].length ?? 0;
  if (good < name.length) return signAt(name, good);
  return new RegExp(rule.letter, "u").test(name) ? null : name;
}

/** The whole sign that a person sees at a place. */
function signAt(name: string, place: number): string {
  const signs = [...new Intl.Segmenter("de", { granularity: "grapheme" }).segment(name)];
  return signs.find((sign) => sign.index + sign.segment.length > place)?.segment ?? name.slice(place);
}
