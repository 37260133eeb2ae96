/** Last repairs of a finished text, which no single message can make for itself. Pure. */

/** "E-Mail" and "e-posta" are one word: a word joiner, which nobody sees, hears or has to search for, keeps them in one line. */
const TORN = /(?<=\bE-)(?=Mail)|(?<=\be-)(?=posta)/gi;
/** So are numbers and codes ("K7M-3DX-9PC"), which in Arabic would be read in the wrong order. */
const CODE = /(?<=\b(?:[0-9A-Z]{3}-)+)(?=[0-9A-Z]{3}\b)/g;
/** A date that ends in "2026 р." brings the full stop of its sentence along. */
const DOUBLED = /(?<=\sр\.)\./g;

export const polished = (text: string): string =>
  text.replace(TORN, "\u2060").replace(CODE, "\u2060").replace(DOUBLED, "");
