import { useLayoutEffect, useMemo, useRef } from "react";
import type { ReactNode } from "react";
import { dayOf, sayDay, sayDayOfMonth, sayWeek, weekOf } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { useGymName } from "../../ui/base/gym-name";
import { clock, fullHour } from "../../ui/base/time";
import type { Exceptions } from "./exceptions";
import { fit } from "./fit";
import { insteadOf, takesPlace } from "./occurrences";
import type { Occurrence } from "./occurrences";
import { endOf } from "./overlaps";
import { rowOf } from "./week";
import styles from "./week-sheet.module.css";
import { texts } from "./texts";

interface Props {
  week: readonly LocalDate[];
  /** The classes of the week, without those that a filter leaves out. */
  occurrences: readonly Occurrence[];
  exceptions: Exceptions;
  /** Which classes these are, if not all. */
  which: ReactNode;
}

/** The week on one sheet of paper. */
export function WeekSheet({ week, occurrences, exceptions, which }: Props) {
  const gym = useGymName();
  const sheet = useRef<HTMLElement>(null);
  const rows = useMemo(() => byHour(occurrences), [occurrences]);
  useLayoutEffect(() => {
    // Once: on paper it is measured no more.
    if (sheet.current) fit(sheet.current);
  }, []);
  useLayoutEffect(() => {
    // Of this sheet alone: a plan asks for another paper.
    const paper = new CSSStyleSheet();
    paper.replaceSync("@page { margin: 8mm; size: landscape; }");
    document.adoptedStyleSheets.push(paper);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== paper);
    };
  }, []);
  return (
    <section ref={sheet} className={styles["sheet"]}>
      <div className={styles["fitted"]}>
        <header className={styles["title"]}>
          <h1>{gym}</h1>
          <p>
            {which} {sayWeek(weekOf(week[0] ?? ""))}
          </p>
        </header>
        <table className={styles["week"]}>
          <thead>
            <tr>
              <th scope="col" aria-label={texts.hour} />
              {week.map((date) => (
                <th key={date} scope="col">
                  {sayDay(dayOf(date))} <small>{sayDayOfMonth(date)}</small>
                  {exceptions.closed(date) && (
                    <small>
                      {texts.closed} {exceptions.closed(date)?.note}
                    </small>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([hour, there]) => (
              <tr key={hour}>
                <th scope="row">{fullHour(hour)}</th>
                {week.map((date) => (
                  <td key={date}>
                    {there
                      .filter((each) => each.date === date)
                      .map((each) => (
                        <Printed key={each.usual.id} occurrence={each} />
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Printed({ occurrence }: { occurrence: Occurrence }) {
  const { slot, own } = occurrence;
  const usual = insteadOf(occurrence);
  return (
    <div className={styles["class"]} data-off={!takesPlace(occurrence) || undefined}>
      <time>
        {clock(slot.hour)}–{endOf(slot)}
      </time>{" "}
      {own?.cancelled && texts.cancelled}
      <strong>{slot.workout_plan.name}</strong>
      {slot.coach.name}
      {usual && ` ${texts.forUsual(usual.name)}`}
      {slot.room && `, ${slot.room.replace(/ (\S+)$/, "\u00a0$1")}`}
      {own?.note && <em> · {own.note}</em>}
    </div>
  );
}

/** The hours in which a class begins, each with its classes, all from the earliest. */
function byHour(occurrences: readonly Occurrence[]): [number, Occurrence[]][] {
  const hours = new Map<number, Occurrence[]>();
  for (const each of occurrences.toSorted((a, b) => Number(a.slot.hour) - Number(b.slot.hour))) {
    const hour = rowOf(each.slot.hour);
    const there = hours.get(hour);
    if (there) there.push(each);
    else hours.set(hour, [each]);
  }
  return [...hours];
}
