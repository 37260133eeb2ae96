/** The words of the staff's pages: German only, and all at once, because a day's work goes through all of them. */
import { messages as account } from "../../../locales/de/LC_MESSAGES/frontend.po?part=account";
import { messages as common } from "../../../locales/de/LC_MESSAGES/frontend.po?part=common";
import { messages as staff } from "../../../locales/de/LC_MESSAGES/staff.po?part=staff";
import { i18n } from "./words";

export function speakGerman(): void {
  i18n.load("de", { ...common, ...account, ...staff });
  i18n.activate("de");
}

/** The words of the citizen's form, for who corrects an answer in it. */
export async function addApplicationWords(): Promise<void> {
  const { messages } = await import("../../../locales/de/LC_MESSAGES/frontend.po?part=applications");
  i18n.load("de", messages);
}
