import type { Exception } from "../../protocol";
import { dayOf, sayDayOfMonth, sayDay } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { MoreIcon } from "../../ui/base/icons";
import { datePath } from "../../ui/shell/navigation";
import styles from "./day-heading.module.css";
import { OverLink } from "./over-link";
import { shortDate, shortDay } from "./short-dates";
import { texts } from "./texts";

interface Props {
  date: LocalDate;
  /** Why the gym is closed that day. */
  closed: Exception | null;
  editable: boolean;
}

/** The heading of one day in the grid, which leads to what is said of the day. */
export function DayHeading({ date, closed, editable }: Props) {
  const content = (
    <>
      <span className={styles["full"]}>
        {sayDay(dayOf(date))} <span className={styles["date"]}>{sayDayOfMonth(date)}</span>
      </span>
      <span
        className={styles["short"]}
        aria-hidden="true"
        data-day={shortDay(date)}
        data-date={shortDate(date)}
      />
    </>
  );
  return (
    <div className={styles["heading"]}>
      {editable ? (
        <OverLink href={datePath(null, date)} className={styles["link"]}>
          {content}
          <MoreIcon size={16} />
        </OverLink>
      ) : (
        content
      )}
      {closed && (
        <p className={styles["closed"]} title={closed.note || undefined}>
          <strong>{texts.closed}</strong> <span>{closed.note}</span>
        </p>
      )}
    </div>
  );
}
