/** Starts the portal in the page shell. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { activateLanguage } from "../i18n/catalogues";
import { DEFAULT_LANGUAGE, languageOfPath } from "../i18n/languages";
import { watchNavigation } from "../lib/navigation";
import { prepareProof } from "../lib/proof";
import "../styles/tokens.css";
import "../styles/base.css";
import { App } from "./App";

const root = document.getElementById("root");
if (!root) throw new Error("no #root in the page shell");

prepareProof();
watchNavigation();
const language = languageOfPath(window.location.pathname) ?? DEFAULT_LANGUAGE;
await activateLanguage(language);
createRoot(root).render(
  <StrictMode>
    <App first={language} />
  </StrictMode>,
);
