/** Last repairs of a finished text, which no single message can make for itself. Pure. */

/** "E-Mail" and "e-posta" are one word: a word joiner, which nobody sees, hears or has to search for, keeps them in one line. */
const TORN = /(?<=\bE-)(?=Mail)|(?<=\be-)(?=posta)/gi;
/** A date that ends in "2026 р." brings the full stop of its sentence along. */
const DOUBLED = /(?<=\sр\.)\./g;

export const polished = (text: string): string => text.replace(TORN, "\u2060").replace(DOUBLED, "");
