import type { Schedule } from "../../protocol";
import { sayDate, sayDay } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { datePath } from "../../ui/shell/navigation";
import { sayDifferent } from "./exceptions";
import { OverLink } from "./over-link";
import { useExceptions } from "./use-exceptions";
import styles from "./which-dates.module.css";
import { dialogTexts } from "./dialog-texts";

interface Props {
  slot: Schedule;
  /** Those on which the class can be changed alone. */
  dates: readonly LocalDate[];
  /** What is open: the class as it is every week, or on that date alone; or neither. */
  open: "every" | "only" | null;
}

/** Whether a class is changed for good, or on one date; and what is different on it already. */
export function WhichDates({ slot, dates, open }: Props) {
  return (
    <nav
      aria-label={dialogTexts.whichDates}
      className={styles["which"]}
      data-many={dates.length > 1 || undefined}
    >
      <OverLink href={`/classes/${slot.id}`} aria-current={open === "every" || undefined}>
        {dialogTexts.every(sayDay(slot.day))}
      </OverLink>
      {dates.map((date) => (
        <OnlyOn key={date} slot={slot} date={date} isOpen={open === "only"} />
      ))}
    </nav>
  );
}

interface OnlyOnProps {
  slot: Schedule;
  date: LocalDate;
  isOpen: boolean;
}

function OnlyOn({ slot, date, isOpen }: OnlyOnProps) {
  const exceptions = useExceptions();
  const own = exceptions.of(slot.id, date);
  const closed = exceptions.closed(date);
  return (
    <OverLink href={datePath(slot.id, date)} aria-current={isOpen || undefined}>
      {dialogTexts.onlyOn(sayDate(date))}
      {!isOpen && own && <span>{sayDifferent(own)}</span>}
      {!isOpen && closed && <span>{dialogTexts.gymIs(sayDifferent(closed))}</span>}
    </OverLink>
  );
}
