import { useRemoteChange } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import type { ReactNode } from "react";
import { nameOfPerson } from "../base/people";
import styles from "./change-highlight.module.css";
import { EditingBadge } from "./editing-badge";
import { texts } from "./texts";

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
export function ChangeHighlight({
  channel,
  id,
  as: Tag = "div",
  className,
  inside,
  children,
}: Props) {
  const change = useRemoteChange(channel, id);
  const live = change?.type === "put";
  return (
    <Tag
      className={[styles["marked"], className].join(" ")}
      data-record={`${channel}/${id}`}
      data-live={live || undefined}
      data-inside={inside}
    >
      {children}
      {live ? (
        <span className={styles["who"]}>
          {change.actor ? texts.justNow(nameOfPerson(change.actor)) : texts.changedJustNow}
        </span>
      ) : (
        <EditingBadge channel={channel} id={id} inside={inside} />
      )}
    </Tag>
  );
}
