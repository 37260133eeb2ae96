/** Last repairs of a finished text, which no single message can make for itself; without look-behind, for older phones. Pure. */

/** Keeps two parts in one line; nobody sees it, hears it or has to search for it. */
const JOINER = "\u2060";
/** "E-Mail" and "e-posta" are one word. */
const TORN = /\b(e-)(mail|posta)/gi;
/** So are numbers and codes ("K7M-3DX-9PC"), which in Arabic would be read in the wrong order. */
const CODE = /\b[0-9A-Z]{3}(?:-[0-9A-Z]{3})+\b/g;
/** A date that ends in "2026 р." brings the full stop of its sentence along. */
const DOUBLED = /(\sр\.)\./g;

export const polished = (text: string): string =>
  text
    .replace(TORN, `$1${JOINER}$2`)
    .replace(CODE, (code) => code.replace(/-/g, `-${JOINER}`))
    .replace(DOUBLED, "$1");
