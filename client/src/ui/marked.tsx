import type { ReactNode } from "react";
import { useMark } from "../realtime";
import type { Channel } from "../realtime";
import styles from "./marked.module.css";

interface Props {
  channel: Channel;
  id: number;
  as?: "li" | "div" | "section";
  className?: string | undefined;
  children: ReactNode;
}

/** Lights up for a moment when somebody else changes the record, and says who. */
export function Marked({ channel, id, as: Tag = "div", className, children }: Props) {
  const mark = useMark(channel, id);
  const live = mark?.type === "put";
  return (
    <Tag className={[styles["marked"], className].join(" ")} data-live={live || undefined}>
      {children}
      {live && <span className={styles["who"]}>{mark.actor ?? "Changed"} just now</span>}
    </Tag>
  );
}
