import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { createQueryClient } from "../../../api/query";
import { inLanguage, speak } from "../../../testing/words";
import { WhatToBring } from "./WhatToBring";

const document = (name: string, authority: string | null) => ({
  name: { text: name, lang: "de" },
  hint: null,
  authority,
});

test("what another municipality wants is not on the list, and nothing stands there twice", async () => {
  await speak("de", "booking");
  const client = createQueryClient();
  client.setQueryData(
    ["booking", "services", ["reisepass", "personalausweis"], "de"],
    [
      { documents: [document("Passfoto", null), document("Meldeschein", "bremerhaven")] },
      { documents: [document("Passfoto", null), document("Gebühr in bar", "bremen")] },
    ],
  );
  render(
    inLanguage(
      "de",
      <QueryClientProvider client={client}>
        <WhatToBring services={["reisepass", "personalausweis"]} authority="bremen" />
      </QueryClientProvider>,
    ),
  );
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["Passfoto", "Gebühr in bar"]);
});
