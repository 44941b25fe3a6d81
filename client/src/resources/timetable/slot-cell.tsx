import { sayDay } from "../../ui/base/dates";
import { memo } from "react";
import type { KeyboardEvent } from "react";
import { clock, hourOf } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { ClassCard } from "./class-card";
import { samePiece } from "./day-layout";
import type { Drawn } from "./day-layout";
import { useDropPlace } from "./dragging";
import styles from "./grid.module.css";
import type { Clash } from "./overlaps";
import { OverLink } from "./over-link";
import { slotKey } from "./week";
import type { Slot } from "./week";
import { texts } from "./texts";

interface Props {
  day: Day;
  row: number;
  /** Whether the gym is closed that day. */
  closed: boolean;
  /** Whether it is the present there. */
  now: boolean;
  drawn: readonly Drawn[];
  /** Whether a filter hides a class there: then it is not free, though it is empty. */
  hides: boolean;
  clashes: ReadonlyMap<number, Clash>;
  me: number | null;
  editable: boolean;
  /** The classes that are selected; null while none are being selected. */
  selected: ReadonlySet<number> | null;
  toScale: boolean;
  sparse: boolean;
  /** The one slot that the tab key stops at; arrow keys lead to the others. */
  tabStop: boolean;
  onArrow: (event: KeyboardEvent, from: Slot) => void;
}

/** One day and hour: its classes, and a way to add one, unless the gym is closed. */
export const SlotCell = memo(function SlotCell(props: Props) {
  const { day, row, closed, now, drawn, hides, clashes, me, editable, selected } = props;
  const { toScale, sparse, tabStop, onArrow } = props;
  const key = slotKey({ day, row });
  const { place, isOver } = useDropPlace(key);
  const hour = hourOf(row * 60);
  return (
    <td
      {...place}
      className={styles["cell"]}
      data-over={isOver || undefined}
      data-closed={closed || undefined}
      data-now={now || undefined}
      data-empty={(drawn.length === 0 && !hides) || undefined}
    >
      {drawn.map((piece) => {
        const { slot } = piece.occurrence;
        return (
          <ClassCard
            key={`${slot.id} ${piece.continued}`}
            piece={piece}
            clash={clashes.get(slot.id) ?? null}
            mine={slot.coach.id === me}
            editable={editable}
            selected={selected && selected.has(slot.id)}
            toScale={toScale}
            sparse={sparse}
          />
        );
      })}
      {editable && !closed && selected === null && (
        <OverLink
          href={`/classes/new?day=${day}&hour=${hour}`}
          className={styles["add"]}
          aria-label={texts.addAt(sayDay(day), clock(hour))}
          data-slot={key}
          tabIndex={tabStop ? 0 : -1}
          onKeyDown={(event) => onArrow(event, { day, row })}
        />
      )}
    </td>
  );
}, same);

/** The same classes in a new array are no reason to draw the slot again. */
function same(before: Props, after: Props): boolean {
  return (
    before.me === after.me &&
    before.closed === after.closed &&
    before.now === after.now &&
    before.hides === after.hides &&
    before.editable === after.editable &&
    before.toScale === after.toScale &&
    before.sparse === after.sparse &&
    before.onArrow === after.onArrow &&
    (before.selected === null) === (after.selected === null) &&
    before.tabStop === after.tabStop &&
    before.drawn.length === after.drawn.length &&
    before.drawn.every((piece, at) => {
      const { slot } = piece.occurrence;
      return (
        samePiece(piece, after.drawn[at]) &&
        before.clashes.get(slot.id) === after.clashes.get(slot.id) &&
        before.selected?.has(slot.id) === after.selected?.has(slot.id)
      );
    })
  );
}
