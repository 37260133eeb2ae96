/** The code of an application is told once; this tab keeps it, so that a reload does not lose it. */

const PREFIX = "amtsweg.code.";

export function saveCode(reference: string, code: string): void {
  try {
    window.sessionStorage.setItem(PREFIX + reference, code);
  } catch {
    // It also stands on the receipt.
  }
}

export function loadCode(reference: string): string | null {
  try {
    return window.sessionStorage.getItem(PREFIX + reference);
  } catch {
    return null;
  }
}
