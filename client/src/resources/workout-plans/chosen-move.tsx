import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { CloseIcon, DownIcon, GripIcon, UpIcon } from "../../ui/base/icons";
import styles from "./chosen-moves.module.css";
import type { Row } from "./planned-moves";
import { PrescriptionCells } from "./prescription-cells";
import { texts } from "./texts";

interface Props {
  sortKey: string;
  row: Row;
  at: number;
  last: boolean;
  onShift: (by: -1 | 1) => void;
  onRemove: () => void;
  onChange: (row: Row) => void;
  onLeave: () => void;
}

/** A move of a plan: its place there, and what is to be done of it. */
export function ChosenMove({
  sortKey,
  row,
  at,
  last,
  onShift,
  onRemove,
  onChange,
  onLeave,
}: Props) {
  const sortable = useSortable({ id: sortKey });
  const { setNodeRef, setActivatorNodeRef, listeners } = sortable;
  const { role: _, ...attributes } = sortable.attributes;
  const style = {
    transform: CSS.Translate.toString(sortable.transform),
    transition: sortable.transition,
  };
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={styles["row"]}
      data-dragging={sortable.isDragging || undefined}
    >
      <div
        role="toolbar"
        aria-label={`${at + 1}. ${row.name}`}
        tabIndex={-1}
        className={styles["head"]}
        onKeyDown={(event) => {
          if (!sortable.isDragging) along(event);
        }}
      >
        <ActionIcon
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          className={styles["grip"]}
          aria-label={texts.drag(row.name)}
        >
          <GripIcon />
        </ActionIcon>
        <span className={styles["label"]}>
          {row.name}
          <small>{row.focus}</small>
        </span>
        <ActionIcon
          tabIndex={-1}
          aria-label={texts.moveUp(row.name)}
          disabled={at === 0}
          onClick={() => onShift(-1)}
        >
          <UpIcon />
        </ActionIcon>
        <ActionIcon
          tabIndex={-1}
          aria-label={texts.moveDown(row.name)}
          disabled={last}
          onClick={() => onShift(1)}
        >
          <DownIcon />
        </ActionIcon>
        <ActionIcon tabIndex={-1} aria-label={texts.remove(row.name)} onClick={onRemove}>
          <CloseIcon />
        </ActionIcon>
      </div>
      <PrescriptionCells row={row} at={at} onChange={onChange} onLeave={onLeave} />
    </li>
  );
}

/** One stop of the Tab key for the buttons of a row: the arrows go from one to the other. */
function along({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): void {
  const by = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return;
  const buttons = [...currentTarget.querySelectorAll<HTMLButtonElement>("button:enabled")];
  buttons[buttons.indexOf(target as HTMLButtonElement) + by]?.focus();
}
