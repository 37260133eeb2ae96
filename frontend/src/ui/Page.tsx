/** One view: its single h1, the title of the window, focus after navigation, aside and space. */
import { useEffect, useRef, type ReactNode } from "react";
import { useLocation } from "wouter";
import { useLanguage } from "../i18n/language";
import { useT } from "../i18n/text";
import { viewShown } from "../lib/navigation";
import { BackLink } from "./BackLink";
import { Crumbs, type Crumb } from "./Crumbs";
import styles from "./Page.module.css";
import { StepLine, type Step } from "./StepLine";

interface Props {
  /** Words of the h1 and first words of the window's title. */
  title: string;
  /** The h1 itself when it holds more than plain words (a marked language, soft hyphens). */
  heading?: ReactNode;
  lead?: ReactNode;
  step?: Step;
  /** Name of the service in the window's title, for pages that belong to one. */
  service?: string;
  /** The page shows an error summary: the window's title says so first. */
  faulty?: boolean;
  back?: { href: string; text: string };
  crumbs?: readonly Crumb[];
  aside?: ReactNode;
  /** On phones the aside stands right below the lead; otherwise it follows the main column. */
  asideFirst?: boolean;
  /** Above the h1: an error summary. */
  before?: ReactNode;
  children?: ReactNode;
}

/** "[Fehler: ]Title - Schritt n von m - service - portal". */
function useWindowTitle({
  title,
  step,
  service,
  faulty = false,
}: Pick<Props, "title" | "step" | "service" | "faulty">): void {
  const t = useT();
  const parts = [
    faulty ? t("common.title.faulty", { title }) : title,
    step ? t("common.title.step", { now: step.now, total: step.total }) : "",
    service ?? "",
    t("common.portal.name"),
  ];
  const windowTitle = parts.filter(Boolean).join(" - ");
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);
}

/** Moves focus to the heading when a view is new; the same for pages with a layout of their own. */
export function useViewHeading(): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  const language = useLanguage();
  useEffect(() => {
    if (heading.current) viewShown(heading.current);
  }, [path, language]);
  return heading;
}

export function Page({
  title,
  heading,
  lead,
  step,
  service,
  faulty,
  back,
  crumbs,
  aside,
  asideFirst = false,
  before,
  children,
}: Props): ReactNode {
  useWindowTitle({ title, ...(step && { step }), ...(service && { service }), faulty: faulty ?? false });
  const ref = useViewHeading();
  return (
    <div className="wrap">
      {back && <BackLink href={back.href}>{back.text}</BackLink>}
      {crumbs && <Crumbs items={crumbs} />}
      {before}
      {step && <StepLine {...step} />}
      <div className={aside ? `${styles["cols"]} ${asideFirst ? styles["first"] : ""}` : undefined}>
        <div>
          <h1 ref={ref} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {lead && <p className="lead">{lead}</p>}
          {!asideFirst && children}
        </div>
        {aside}
        {asideFirst && <div>{children}</div>}
      </div>
    </div>
  );
}

/** The home page and others with a layout of their own set the window's title with this. */
export function WindowTitle({ title }: { title: string }): null {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
