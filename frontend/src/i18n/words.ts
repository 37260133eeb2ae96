/** Every text that is loaded, by id, in the active language. */
import { setupI18n } from "@lingui/core";

export const i18n = setupI18n();
