/** Numbers and codes as people read and type them. Pure. */

/** Groups a reference or code by three for reading: `K7M-3DX-9PC` becomes K7M, 3DX, 9PC. */
export function inGroups(code: string): string[] {
  return code.replace(/[^0-9A-Za-z]/g, "").match(/.{1,3}/g) ?? [];
}

/** A typed number or code down to its symbols; case, spaces and hyphens do not matter. */
export function normaliseCode(typed: string): string {
  return typed.replace(/[\s\u2010-\u2015\u2060-]/g, "").toUpperCase();
}
