import { memo } from "react";
import type { KeyboardEvent } from "react";
import { Link } from "wouter";
import type { Schedule } from "../../protocol";
import { PlusIcon } from "../../ui/base/icons";
import { clock, hourOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { ClassCard } from "./class-card";
import { useDropSlot } from "./dragging";
import styles from "./grid.module.css";
import type { Slot } from "./week";

interface Props {
  day: Day;
  row: number;
  classes: readonly Schedule[];
  clashes: ReadonlySet<number>;
  hidden: ReadonlySet<number>;
  me: number | null;
  editable: boolean;
  /** The one slot that the tab key stops at; arrow keys lead to the others. */
  tabStop: boolean;
  onArrow: (event: KeyboardEvent, from: Slot) => void;
}

/** One day and hour: its classes, and a way to add one. */
export const SlotCell = memo(function SlotCell(props: Props) {
  const { day, row, classes, clashes, hidden, me, editable, tabStop, onArrow } = props;
  const { ref, isOver } = useDropSlot({ day, row });
  const hour = hourOf(row * 60);
  return (
    <td ref={ref} className={styles["cell"]} data-over={isOver || undefined}>
      {classes.map((slot) => (
        <ClassCard
          key={slot.id}
          slot={slot}
          hidden={hidden.has(slot.id)}
          clash={clashes.has(slot.id)}
          mine={slot.coach.id === me}
          editable={editable}
        />
      ))}
      {editable && (
        <Link
          href={`/classes/new?day=${day}&hour=${hour}`}
          className={styles["add"]}
          aria-label={`Add a class on ${day} at ${clock(hour)}`}
          data-slot={`${day}-${row}`}
          tabIndex={tabStop ? 0 : -1}
          onKeyDown={(event) => onArrow(event, { day, row })}
        >
          <PlusIcon size={16} />
        </Link>
      )}
    </td>
  );
}, same);

/** The same classes in a new array are no reason to draw the slot again. */
function same(before: Props, after: Props): boolean {
  return (
    before.me === after.me &&
    before.editable === after.editable &&
    before.tabStop === after.tabStop &&
    before.classes.length === after.classes.length &&
    before.classes.every(
      (slot, at) =>
        slot === after.classes[at] &&
        before.clashes.has(slot.id) === after.clashes.has(slot.id) &&
        before.hidden.has(slot.id) === after.hidden.has(slot.id),
    )
  );
}
