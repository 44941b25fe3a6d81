import { useEditors } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { EditIcon } from "../base/icons";
import { inList } from "../base/locale";
import { areEditing, editingInWords } from "../base/people";
import styles from "./editing-badge.module.css";

/** Says who else edits the record, in a corner of the box it stands in: nothing moves. */
export function EditingBadge({ channel, id }: { channel: Channel; id: number }) {
  const names = useEditors(channel, id);
  if (names.length === 0) return null;
  return (
    <span className={styles["editing"]} data-editing title={editingInWords(names)}>
      <span className={styles["who"]}>
        <EditIcon size={12} />
        <span className={styles["names"]}>{inList(names)}</span>
      </span>{" "}
      <span>{areEditing(names)}</span>
    </span>
  );
}
