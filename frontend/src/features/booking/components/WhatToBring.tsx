/** Documents of all services of an appointment, each once; of those that one municipality wants only its own. */
import type { ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { LocalizedText } from "../../../ui/LocalizedText";
import { Ticks } from "../../../ui/Ticks";
import { useServices } from "../queries";

interface Props {
  services: readonly string[];
  /** The municipality of the office; undefined while it is not known. */
  authority: string | undefined;
}

export function WhatToBring({ services, authority }: Props): ReactNode {
  const t = useT();
  const { data } = useServices(services);
  const documents = new Map(
    (data ?? [])
      .flatMap((service) => service?.documents ?? [])
      .filter((document) => document.authority === null || document.authority === authority)
      .map((document) => [document.name.text, document]),
  );
  if (documents.size === 0) return null;
  return (
    <section className="section" aria-labelledby="bring">
      <h2 id="bring">{t("booking.bring")}</h2>
      <Ticks
        className="t4"
        items={[...documents.values()].map(({ name, hint }) => ({
          key: name.text,
          text: <LocalizedText text={name} />,
          more: hint && <LocalizedText text={hint} />,
        }))}
      />
    </section>
  );
}
