import { useCallback, useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import type { Schedule } from "../../protocol";
import { clock, days as week, hourOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import styles from "./grid.module.css";
import { SlotCell } from "./slot-cell";
import { bySlot, classesAt, rowsOf, slotKey } from "./week";
import type { Slot } from "./week";

interface Props {
  days: readonly Day[];
  classes: readonly Schedule[];
  clashes: ReadonlySet<number>;
  /** Classes that a filter leaves out. */
  hidden: ReadonlySet<number>;
  me: number | null;
  editable: boolean;
  today: Day | null;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Moves the focus to the way to add a class there; false if that is not in the grid. */
export function focusSlot(slot: Slot): boolean {
  const link = document.querySelector<HTMLElement>(`[data-slot="${slotKey(slot)}"]`);
  link?.focus();
  return link !== null;
}

/** Days across, hours down. */
export function Grid({ days, classes, clashes, hidden, me, editable, today }: Props) {
  const rows = useMemo(() => rowsOf(classes), [classes]);
  const slots = useMemo(() => bySlot(classes), [classes]);
  const [stop, setStop] = useState<Slot>({ day: "Monday", row: 9 });
  const tabStop = slotKey({
    day: days.includes(stop.day) ? stop.day : (days[0] ?? "Monday"),
    row: rows.includes(stop.row) ? stop.row : (rows[0] ?? 0),
  });

  const onArrow = useCallback((event: KeyboardEvent, from: Slot) => {
    const step = arrows[event.key];
    const day = step && week[week.indexOf(from.day) + step[0]];
    if (!day) return;
    const to = { day, row: from.row + step[1] };
    if (!focusSlot(to)) return;
    event.preventDefault();
    setStop(to);
  }, []);

  return (
    <table className={styles["grid"]} data-days={days.length}>
      <thead>
        <tr>
          <th scope="col" className={styles["corner"]}>
            <span className={styles["hidden"]}>Hour</span>
          </th>
          {days.map((day) => (
            <th key={day} scope="col" data-today={day === today || undefined}>
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            <th scope="row">{clock(hourOf(row * 60))}</th>
            {days.map((day) => (
              <SlotCell
                key={day}
                day={day}
                row={row}
                classes={classesAt(slots, { day, row })}
                clashes={clashes}
                hidden={hidden}
                me={me}
                editable={editable}
                onArrow={onArrow}
                tabStop={slotKey({ day, row }) === tabStop}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
