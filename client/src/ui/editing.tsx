import { useEditors } from "@spotter/realtime";
import type { Channel } from "@spotter/realtime";
import styles from "./editing.module.css";
import { EditIcon } from "./icons";
import { areEditing, editingInWords, inList } from "./people";

/** Says who else edits the record, in a corner of the box it stands in: nothing moves. */
export function Editing({ channel, id }: { channel: Channel; id: number }) {
  const names = useEditors(channel, id);
  if (names.length === 0) return null;
  return (
    <span className={styles["editing"]} title={editingInWords(names)}>
      <span className={styles["who"]}>
        <EditIcon size={12} />
        <span className={styles["names"]}>{inList(names)}</span>
      </span>{" "}
      <span>{areEditing(names)}</span>
    </span>
  );
}
