/** Tells of newer cases without touching the list; a button shows them. Its place is always there, so no row moves. */
import { useEffect, useRef, type ReactNode } from "react";
import { useT } from "../../../i18n/text";
import { announce } from "../../../lib/announce";
import { TextButton } from "../../../ui/Button";
import type { News } from "./news";

interface Props {
  news: News | null;
  onShow: () => void;
}

export function NewsLine({ news, onShow }: Props): ReactNode {
  const t = useT();
  const said = useRef("");
  const text = news
    ? news.added > 0
      ? t("staff.list.news.added", { count: news.added })
      : t("staff.list.news.changed", { count: news.changed })
    : "";
  useEffect(() => {
    if (text && text !== said.current) announce(text);
    said.current = text;
  }, [text]);
  return text && <TextButton onClick={onShow}>{t("staff.list.news.show", { news: text })}</TextButton>;
}
