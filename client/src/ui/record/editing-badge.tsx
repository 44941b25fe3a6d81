import { VisuallyHidden } from "@mantine/core";
import { useEditors } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { EditIcon } from "../base/icons";
import { initials } from "../base/initials";
import { inList } from "../base/locale";
import { areEditing, editingInWords, editingThis } from "../base/people";
import styles from "./editing-badge.module.css";

interface Props {
  channel: Channel;
  id: number;
  /** For a box full of words: initials in a corner within it. */
  inside?: boolean | undefined;
}

/** Says who else edits the record, in a corner of the box it stands in: nothing moves. */
export function EditingBadge({ channel, id, inside = false }: Props) {
  const names = useEditors(channel, id);
  const [first] = names;
  if (first === undefined) return null;
  if (inside) {
    return (
      <span className={styles["round"]} data-editing title={editingThis(names)}>
        <span aria-hidden="true">{names.length === 1 ? initials(first) : names.length}</span>
        <VisuallyHidden>{editingThis(names)}</VisuallyHidden>
      </span>
    );
  }
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
