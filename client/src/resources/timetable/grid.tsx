import { useCallback, useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import { dayOf } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { fullHour } from "../../ui/base/time";
import { DayHeading } from "./day-heading";
import { layOut } from "./day-layout";
import type { Exceptions } from "./exceptions";
import { shapeOf } from "./grid-shape";
import hidden from "../../ui/base/hidden.module.css";
import styles from "./grid.module.css";
import { HourBand } from "./hour-band";
import { hoursIn, rowsOf } from "./hours";
import type { Part } from "./hours";
import type { Occurrence } from "./occurrences";
import type { Clash } from "./overlaps";
import { SlotCell } from "./slot-cell";
import { beside, bySlot, drawnAt, lengthOf, slotKey } from "./week";
import type { Slot } from "./week";
import { texts } from "./texts";

interface Props {
  /** How much room there is, in pixels. */
  width: number;
  /** Those that are shown of a week. */
  dates: readonly LocalDate[];
  /** What is shown of the classes on these dates. */
  seen: readonly Occurrence[];
  /** The places in which a filter hides a class. */
  hiding: ReadonlySet<string>;
  parts: readonly Part[];
  opened: ReadonlySet<number>;
  onToggle: (band: { from: number; to: number }) => void;
  clashes: ReadonlyMap<number, Clash>;
  exceptions: Exceptions;
  me: number | null;
  editable: boolean;
  /** The classes that are selected; null while none are being selected. */
  selected: ReadonlySet<number> | null;
  today: LocalDate;
  /** The hour of the present, if it is on these dates. */
  now: number | null;
}

/** Below so many minutes a class is less high than a finger needs, in an hour as high as usual. */
const SHORT = 24;
/** More classes than that are only drawn whole where they are near the screen. */
const MANY = 150;

/** Moves the focus to the next way to add a class, past what is folded up; null where there is none. */
function focusBeside(from: Slot, key: string): Slot | null {
  let to = beside(from, key);
  while (to !== null) {
    const link = document.querySelector<HTMLElement>(`[data-slot="${slotKey(to)}"]`);
    link?.focus();
    if (link) return to;
    to = beside(to, key);
  }
  return null;
}

/** Days across, hours down. */
export function Grid(props: Props) {
  const { width, dates, seen, hiding, parts, opened, onToggle, clashes, exceptions } = props;
  const { me, editable, selected, today, now } = props;
  const { byDay, columns } = useMemo(() => layOut(dates, seen), [dates, seen]);
  const slots = useMemo(() => bySlot(byDay), [byDay]);
  const hasShort = useMemo(() => seen.some(({ slot }) => lengthOf(slot) < SHORT), [seen]);
  const isCrowded = useMemo(
    () => seen.some(({ slot, own }) => own !== null || clashes.has(slot.id)),
    [seen, clashes],
  );
  const days = useMemo(() => dates.map(dayOf), [dates]);
  const closed = useMemo(
    () => new Set(dates.filter((date) => exceptions.closed(date)).map(dayOf)),
    [dates, exceptions],
  );
  const shape = shapeOf(
    days.map((day) => columns.get(day) ?? 1),
    width,
  );
  const rows = rowsOf(parts);
  const [stop, setStop] = useState<Slot>({ day: "Monday", row: 9 });
  const open = days.filter((day) => !closed.has(day));
  const tabStop = slotKey({
    day: open.includes(stop.day) ? stop.day : (open[0] ?? "Monday"),
    row: rows.includes(stop.row) ? stop.row : (rows[0] ?? 0),
  });

  const onArrow = useCallback(
    (event: KeyboardEvent, from: Slot) => {
      const to = focusBeside(from, event.key);
      if (to === null) return;
      event.preventDefault();
      setStop(to);
    },
    [setStop],
  );

  return (
    <div
      className={styles["scroll"]}
      data-wide={shape.needed > width || undefined}
      data-scale={shape.toScale || undefined}
      data-short={hasShort || undefined}
      data-crowded={isCrowded || undefined}
    >
      <table
        className={styles["grid"]}
        data-days={days.length}
        style={{ minWidth: shape.needed || undefined }}
      >
        <colgroup>
          <col className={styles["hours"]} />
          {days.map((day, at) => (
            <col key={day} style={{ width: `${shape.widths[at] ?? 0}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className={hidden["hidden"]}>{texts.hour}</span>
            </th>
            {dates.map((date) => (
              <th key={date} scope="col" data-today={date === today || undefined}>
                <DayHeading date={date} closed={exceptions.closed(date)} editable={editable} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) =>
            part.type === "band" ? (
              <HourBand
                key={`band ${part.from}`}
                from={part.from}
                to={part.to}
                across={days.length + 1}
                opened={hoursIn(part).some((hour) => opened.has(hour))}
                hides={hoursIn(part).some((row) =>
                  days.some((day) => hiding.has(slotKey({ day, row }))),
                )}
                selecting={selected !== null}
                onToggle={() => onToggle(part)}
              />
            ) : (
              <tr key={part.row} data-hour={part.row}>
                <th scope="row" data-now={part.row === now || undefined}>
                  <span>{fullHour(part.row)}</span>
                </th>
                {days.map((day) => (
                  <SlotCell
                    key={day}
                    day={day}
                    row={part.row}
                    closed={closed.has(day)}
                    now={part.row === now && day === dayOf(today)}
                    drawn={drawnAt(slots, { day, row: part.row })}
                    hides={hiding.has(slotKey({ day, row: part.row }))}
                    clashes={clashes}
                    me={me}
                    editable={editable}
                    selected={selected}
                    toScale={shape.toScale}
                    sparse={seen.length > MANY}
                    onArrow={onArrow}
                    tabStop={slotKey({ day, row: part.row }) === tabStop}
                  />
                ))}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
