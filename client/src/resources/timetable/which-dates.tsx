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
  date: LocalDate;
  /** What is open: the class as it is every week, or on that date alone. */
  open: "every" | "only";
}

/** Whether a class is changed for good, or on one date; and what is different on it already. */
export function WhichDates({ slot, date, open }: Props) {
  const exceptions = useExceptions();
  const own = exceptions.of(slot.id, date);
  const closed = exceptions.closed(date);
  return (
    <nav aria-label={dialogTexts.whichDates} className={styles["which"]}>
      <OverLink href={`/classes/${slot.id}`} aria-current={open === "every" || undefined}>
        {dialogTexts.every(sayDay(slot.day))}
      </OverLink>
      <OverLink href={datePath(slot.id, date)} aria-current={open === "only" || undefined}>
        {dialogTexts.onlyOn(sayDate(date))}
        {open === "every" && own && <span>{sayDifferent(own)}</span>}
        {open === "every" && closed && <span>{dialogTexts.gymIs(sayDifferent(closed))}</span>}
      </OverLink>
    </nav>
  );
}
