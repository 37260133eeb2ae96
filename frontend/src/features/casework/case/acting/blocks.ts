/** The text blocks of a service for one purpose. */
import { useQuery } from "@tanstack/react-query";
import type { ApiProblem } from "../../../../api/problem";
import { listTextBlocks, type TextBlock } from "./api";
import type { Outcome } from "./standing";

const NONE: readonly TextBlock[] = [];

/** Blocks that fit: those of the outcome, and those for every outcome. Without them there is still the free text. */
export function fitting(blocks: readonly TextBlock[], outcome: Outcome | null): TextBlock[] {
  return blocks.filter((block) => block.outcome === null || block.outcome === outcome);
}

export function useTextBlocks(service: string, kind: TextBlock["kind"], outcome: Outcome | null = null): TextBlock[] {
  const { data = NONE } = useQuery<TextBlock[], ApiProblem>({
    queryKey: ["casework", "blocks", service, kind],
    queryFn: ({ signal }) => listTextBlocks(service, kind, signal),
    staleTime: Infinity,
  });
  return fitting(data, outcome);
}
