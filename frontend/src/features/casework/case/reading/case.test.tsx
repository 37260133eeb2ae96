import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { inLanguage, speakStaff } from "../../../../testing/words";
import type { Case } from "../../types";
import { Messages } from "./Dialogue";
import { Notices } from "./Notices";
import { Papers } from "./Papers";
import { Versions } from "./Versions";

speakStaff();

const show = (children: Parameters<typeof inLanguage>[1]) => render(inLanguage("de", children));

type Attachment = Case["attachments"][number];
const file = (name: string, more: Partial<Attachment> = {}): Attachment => ({
  attachment_id: name,
  name,
  slot: "proof",
  purpose: "draft",
  size: 1000,
  offset: 1000,
  state: "clean",
  reason: null,
  media_type: "application/pdf",
  pages: 2,
  has_text: true,
  ...more,
});

const event = (revision: number, name: string): Case["timeline"][number] => ({
  revision,
  at: "2026-11-23T09:58:00Z",
  type: "noted",
  actor: null,
  actor_name: name,
  to_name: null,
  data: {},
});

const item = (more: Partial<Case>): Case =>
  ({
    line: { reference: "ABC-DEF-GHJ", name: "Erika Mustermann" },
    revision: 3,
    timeline: [event(1, "Ada"), event(2, "Bo"), event(3, "Cem")],
    trouble: [],
    messages: [],
    attachments: [],
    versions: [],
    ...more,
  }) as unknown as Case;

test("only a clean file can be opened; the others say why not", () => {
  const files = [
    file("gut.pdf"),
    file("virus.pdf", { state: "infected", reason: "virus" }),
    file("neu.pdf", { state: "pending" }),
    file("wartet.pdf", { state: "failed", reason: "scanner_unavailable" }),
    file("kaputt.pdf", { state: "failed", reason: "damaged" }),
  ];
  const { container } = show(<Papers item={item({})} files={files} />);
  expect(screen.getAllByRole("button").map(({ textContent }) => textContent)).toEqual(["gut.pdf"]);
  expect(container.querySelectorAll("img")).toHaveLength(1);
  const told = screen.getAllByRole("figure").map(({ textContent }) => textContent ?? "");
  expect(told[0]).toContain("2 Seiten");
  expect(told[1]).toContain("enthält Schadcode");
  expect(told[2]).toContain("wird noch auf Schadcode geprüft");
  expect(told[3]).toContain("Sie wird wiederholt");
  expect(told[4]).toContain("bleibt gesperrt");
});

test("what changed since it was opened is told with who did it, until it is read", async () => {
  const onRead = vi.fn();
  const heard = { present: [], revision: 3 };
  show(<Notices item={item({})} heard={heard} known={1} onShow={vi.fn()} onRead={onRead} />);
  const list = screen.getByRole("list");
  expect(within(list).getAllByRole("listitem")).toHaveLength(2);
  expect(list.textContent).toContain("Bo schreibt eine Notiz");
  expect(list.textContent).not.toContain("Ada");
  await userEvent.click(screen.getByRole("button", { name: "Gelesen" }));
  expect(onRead).toHaveBeenCalledOnce();
});

test("a newer state is offered, never put under the fingers", async () => {
  const onShow = vi.fn();
  const heard = { present: [], revision: 4 };
  show(<Notices item={item({})} heard={heard} known={3} onShow={onShow} onRead={vi.fn()} />);
  expect(screen.queryByRole("list")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Neuen Stand zeigen" }));
  expect(onShow).toHaveBeenCalledOnce();
});

test("who else has it open is told by name, also somebody without one; an own state says nothing", () => {
  const since = "2026-11-23T09:58:00Z";
  const present = [
    { account: "1", name: "Robin Demo", since },
    { account: "2", name: null, since },
  ];
  const acts = { onShow: vi.fn(), onRead: vi.fn() };
  const { rerender } = show(<Notices item={item({})} heard={{ present, revision: 3 }} known={3} {...acts} />);
  expect(screen.getByText("Auch geöffnet von: Robin Demo und eine Person aus dem Amt")).toBeTruthy();
  rerender(inLanguage("de", <Notices item={item({})} heard={{ present: [], revision: 3 }} known={3} {...acts} />));
  expect(document.body.textContent).toBe("");
});

test("a letter that cannot be made is told with its tries", () => {
  const trouble = [{ kind: "letter" as const, since: "2026-11-23T09:58:00Z", tries: 4 }];
  const acts = { onShow: vi.fn(), onRead: vi.fn() };
  show(<Notices item={item({ trouble })} heard={{ present: [], revision: 3 }} known={3} {...acts} />);
  expect(document.body.textContent).toContain("Versuche: 4");
  expect(document.body.textContent).toContain("23.11.2026, 10:58");
});

test("old and new answers stand beside each other, the newest version first", () => {
  const change = (before: string[] | null, after: string[] | null) => ({
    pointer: "/plate",
    label: "Kennzeichen",
    before,
    after,
  });
  const at = "2026-11-23T09:58:00Z";
  const versions: Case["versions"] = [
    { version: 1, at, by: "citizen", changes: [] },
    { version: 2, at, by: "citizen", changes: [change(["HB-A 1"], ["HB-A 2"])] },
    { version: 3, at, by: "office", changes: [change(["HB-A 2"], null)] },
  ];
  show(<Versions item={item({ versions })} />);
  const tables = screen.getAllByRole("table");
  expect(tables).toHaveLength(2);
  expect(tables[0]?.textContent).toContain("Das Amt");
  expect(tables[0]?.querySelector("del")?.textContent).toBe("HB-A 2");
  expect(tables[0]?.querySelector("ins")?.textContent).toBe("keine Angabe");
  expect(within(tables[1] as HTMLElement).getByRole("rowheader").textContent).toBe("Kennzeichen");
});

test("messages name the person and keep their lines and files", () => {
  const at = "2026-11-23T09:58:00Z";
  const messages: Case["messages"] = [
    { id: "1", by: "person", at, text: "Guten Tag\nHier ist das Foto.", attachments: ["foto.pdf"] },
    { id: "2", by: "office", at, text: "Danke.", attachments: [] },
  ];
  show(<Messages item={item({ messages, attachments: [file("foto.pdf")] })} />);
  const [first, second] = screen.getAllByRole("listitem");
  expect(first?.textContent).toContain("Erika Mustermann");
  expect(first?.textContent).toContain("foto.pdf");
  expect(second?.textContent).toContain("Das Amt");
});
