import { useEditing, useEditors } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import styles from "./form.module.css";
import { texts } from "./texts";

/** Says who else has this record open for editing, and tells the others about us. */
export function CoEditors({ channel, id }: { channel: Channel; id: number }) {
  useEditing(channel, id);
  const names = useEditors(channel, id);
  return (
    <output className={styles["co-editors"]}>
      {names.length > 0 && <span>{texts.editingToo(names)}</span>}
    </output>
  );
}
