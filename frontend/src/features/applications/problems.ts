/** From codes of the API to the ids of the words a person reads. */
import type { PlainTexts } from "../../api/problemText";

export const APPLICATION_ERRORS: PlainTexts = {
  changed_elsewhere: "applications.error.changed_elsewhere",
  not_now: "applications.error.not_now",
  form_changed: "applications.error.form_changed",
  fee_changed: "applications.error.fee_changed",
  not_eligible: "applications.error.not_eligible",
  too_many_drafts: "applications.error.too_many_drafts",
  undo_over: "applications.error.undo_over",
  validation_failed: "applications.error.faulty",
};

export const FILE_ERRORS: PlainTexts = {
  wrong_file_type: "applications.error.file_type",
  file_too_large: "applications.error.file_size",
  too_many_files: "applications.error.file_count",
  quota_spent: "applications.error.file_quota",
  storage_full: "applications.error.file_storage",
  frozen: "applications.error.not_now",
  unknown_slot: "applications.error.not_now",
};
