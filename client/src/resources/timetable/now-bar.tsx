import { useMemo } from "react";
import { Link } from "wouter";
import type { Schedule } from "../../protocol";
import { addDays, dayOf, sayDate, sayDay } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { clock } from "../../ui/base/time";
import type { Exceptions } from "./exceptions";
import { present } from "./now";
import type { Present } from "./now";
import styles from "./now-bar.module.css";
import type { Occurrence } from "./occurrences";
import { useNow } from "./use-now";
import { texts } from "./texts";

interface Props {
  classes: readonly Schedule[];
  exceptions: Exceptions;
}

/** The class that runs now and the next one, by the server's clock. */
export function NowBar({ classes, exceptions }: Props) {
  const now = useNow();
  const { running, next, closed } = useMemo(
    () => present(classes, exceptions, now),
    [classes, exceptions, now],
  );
  if (classes.length === 0) return null;
  return (
    <p className={styles["bar"]}>
      <span>
        <strong data-on={running.length > 0 || undefined}>{texts.now}</strong>{" "}
        {running.length === 0 ? sayNone(closed) : <Slots of={running} today={now.date} />}
      </span>
      <span>
        <strong>{texts.next}</strong>{" "}
        {next.length === 0 ? texts.noClass : <Slots of={next} today={now.date} />}
      </span>
    </p>
  );
}

function sayNone(closed: Present["closed"]): string {
  if (closed === null) return texts.noClass;
  return closed.note ? texts.closedTodayFor(closed.note) : texts.closedToday;
}

function Slots({ of: there, today }: { of: readonly Occurrence[]; today: LocalDate }) {
  return there.slice(0, 2).map(({ date, slot }, at) => (
    <span key={slot.id}>
      {at > 0 && ", "}
      <Link href={`/classes/${slot.id}`}>{slot.workout_plan.name}</Link> {sayWhich(date, today)}
      {texts.withCoach(clock(slot.hour), slot.coach.name)}
      {at === 1 && there.length > 2 && ` ${texts.andOthers(there.length - 2)}`}
    </span>
  ));
}

/** Nothing of today and of what began yesterday, the day alone within a week. */
function sayWhich(date: LocalDate, today: LocalDate): string {
  if (date <= today) return "";
  return `${date < addDays(today, 7) ? sayDay(dayOf(date)) : sayDate(date)} `;
}
