import { useEffect } from "react";
import { useEditors, useRealtime } from "../../realtime";
import type { Channel } from "../../realtime";
import styles from "./form.module.css";

/** Says who else has this record open for editing, and tells the others about us. */
export function CoEditors({ channel, id }: { channel: Channel; id: number }) {
  const { presence } = useRealtime();
  const names = useEditors(channel, id);
  useEffect(() => presence.edit(channel, id), [presence, channel, id]);
  if (names.length === 0) return null;
  return (
    <output className={styles["co-editors"]}>
      {names.join(", ")} {names.length === 1 ? "is" : "are"} editing this too.
    </output>
  );
}
