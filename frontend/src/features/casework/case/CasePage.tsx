/** One case. */
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { Page } from "../../../ui/Page";
import { Ready } from "../../../ui/Ready";
import { useCase } from "../queries";

export function CasePage(): ReactNode {
  const { reference = "" } = useParams();
  return <Ready reading={useCase(reference)}>{(item) => <Page title={item.line.reference} />}</Ready>;
}
