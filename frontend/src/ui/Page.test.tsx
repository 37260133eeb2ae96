import { act, render, screen } from "@testing-library/react";
import { useState, type ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { Route, Router, Switch } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { inLanguage, speak } from "../testing/words";
import { Page } from "./Page";

beforeEach(async () => {
  await speak("de");
  vi.stubGlobal("scrollTo", vi.fn());
});

test("the title of the window names error, page, step, service and portal in this order", () => {
  const step = { now: 3, total: 5, name: "Zeit wählen" };
  render(inLanguage("de", <Page title="Wann möchten Sie kommen?" step={step} service="Reisepass" faulty />));
  expect(document.title).toBe("Fehler: Wann möchten Sie kommen? - Schritt 3 von 5 - Reisepass - Amtsweg");
});

function Typing(): ReactNode {
  const [value, setValue] = useState("");
  return (
    <Page title="Zwei">
      <input aria-label="Feld" value={value} onChange={(event) => setValue(event.target.value)} />
    </Page>
  );
}

test("a new view takes focus to its h1", () => {
  const { hook, navigate } = memoryLocation({ path: "/eins" });
  const go = (path: string) => {
    window.history.pushState(null, "", path);
    navigate(path);
  };
  window.history.replaceState(null, "", "/eins");
  render(
    inLanguage(
      "de",
      <Router hook={hook}>
        <Switch>
          <Route path="/eins">
            <Page title="Eins" />
          </Route>
          <Route path="/zwei" component={Typing} />
        </Switch>
      </Router>,
    ),
  );
  act(() => go("/zwei"));
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1, name: "Zwei" }));
});

test("a change of the query leaves focus in the field", () => {
  window.history.replaceState(null, "", "/zwei");
  render(inLanguage("de", <Typing />));
  const field = screen.getByLabelText("Feld");
  field.focus();
  window.history.replaceState(null, "", "/zwei?filter=1");
  act(() => window.dispatchEvent(new PopStateEvent("popstate")));
  expect(document.activeElement).toBe(field);
});
