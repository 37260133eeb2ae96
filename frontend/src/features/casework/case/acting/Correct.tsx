/** The correction, loaded when somebody opens it: it brings the fields of the citizen's form with their words. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type ReactNode } from "react";
import type { ApiProblem } from "../../../../api/problem";
import { addApplicationWords } from "../../../../i18n/staff";
import { Loading } from "../../../../ui/Loading";
import { getForm } from "../../../applications/api";
import type { Form } from "../../../applications/engine/form";
import type { ActsOn } from "./useAct";

const CorrectForm = lazy(async () => {
  const [{ CorrectForm: component }] = await Promise.all([import("./CorrectForm"), addApplicationWords()]);
  return { default: component };
});

export function Correct(acts: ActsOn): ReactNode {
  const { line, version } = acts.item;
  const { data: form } = useQuery<Form, ApiProblem>({
    queryKey: ["casework", "form", line.service, version],
    queryFn: ({ signal }) => getForm(line.service, "de", version, signal),
    staleTime: Infinity,
  });
  return <Suspense fallback={<Loading />}>{form ? <CorrectForm {...acts} form={form} /> : <Loading />}</Suspense>;
}
