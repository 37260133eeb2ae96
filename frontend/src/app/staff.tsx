/** Starts the staff's pages in their own shell: one language, one address, a build apart from the portal's. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { speakGerman } from "../i18n/staff";
import { watchNavigation } from "../lib/navigation";
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/staff.css";
import { StaffApp } from "./StaffApp";

const root = document.getElementById("root");
if (!root) throw new Error("no #root in the page shell");

watchNavigation();
speakGerman();
createRoot(root).render(
  <StrictMode>
    <StaffApp />
  </StrictMode>,
);
