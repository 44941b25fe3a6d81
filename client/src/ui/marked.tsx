import type { ReactNode } from "react";
import { useRemoteChange } from "@spotter/realtime";
import type { Channel } from "@spotter/realtime";
import { Editing } from "./editing";
import styles from "./marked.module.css";

interface Props {
  channel: Channel;
  id: number;
  as?: "li" | "div" | "section";
  className?: string | undefined;
  /** The name stands within the box, for boxes that cut off what sticks out. */
  inside?: boolean;
  children: ReactNode;
}

/** Says who else edits the record. Lights up for a moment when somebody changes it, and says who. */
export function Marked({ channel, id, as: Tag = "div", className, inside, children }: Props) {
  const mark = useRemoteChange(channel, id);
  const live = mark?.type === "put";
  return (
    <Tag
      className={[styles["marked"], className].join(" ")}
      data-live={live || undefined}
      data-inside={inside}
    >
      {children}
      {live ? (
        <span className={styles["who"]}>{mark.actor ?? "Changed"} just now</span>
      ) : (
        <Editing channel={channel} id={id} />
      )}
    </Tag>
  );
}
