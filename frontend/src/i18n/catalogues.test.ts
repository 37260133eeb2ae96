// @vitest-environment node
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, test } from "vitest";
import { LANGUAGES, readCatalogue, SOURCE } from "../../messages.mjs";

const german = readCatalogue(SOURCE).messages;

describe.each(LANGUAGES.filter((language) => language !== SOURCE))("%s", (language) => {
  const { messages } = readCatalogue(language);

  test("has every message of the German catalogue and no other", () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(german).sort());
  });

  test("is well-formed and keeps the German tags", () => {
    for (const [id, text] of Object.entries(messages)) {
      expect(() => compileMessage(text), id).not.toThrow();
      const tags = (value: string) => [...value.matchAll(/<\/?(\w+)\/?>/g)].map(([tag]) => tag).sort();
      expect(tags(text), id).toEqual(tags(german[id] ?? ""));
    }
  });
});
