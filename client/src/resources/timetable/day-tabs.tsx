import { VisuallyHidden } from "@mantine/core";
import { dayOf, sayDate } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import type { Day } from "../../ui/base/time";
import styles from "./day-tabs.module.css";
import { useDropPlace } from "./dragging";
import type { Exceptions } from "./exceptions";
import { tabKey } from "./places";
import { shortDay } from "./short-dates";
import { texts } from "./texts";

interface Props {
  dates: readonly LocalDate[];
  date: LocalDate;
  today: LocalDate;
  exceptions: Exceptions;
  onChange: (day: Day) => void;
}

/** The days of the week in a row, for screens that show one at a time. */
export function DayTabs({ dates, date, today, exceptions, onChange }: Props) {
  return (
    <nav className={styles["days"]} aria-label={texts.day}>
      {dates.map((each) => (
        <Tab
          key={each}
          date={each}
          isShown={each === date}
          isToday={each === today}
          isClosed={exceptions.closed(each) !== null}
          onClick={() => onChange(dayOf(each))}
        />
      ))}
    </nav>
  );
}

interface TabProps {
  date: LocalDate;
  isShown: boolean;
  isToday: boolean;
  isClosed: boolean;
  onClick: () => void;
}

/** A class that is held over it for a moment opens it. */
function Tab({ date, isShown, isToday, isClosed, onClick }: TabProps) {
  const { place, isOver } = useDropPlace(tabKey(dayOf(date)));
  return (
    <button
      {...place}
      type="button"
      className={styles["tab"]}
      aria-pressed={isShown}
      data-over={isOver || undefined}
      data-today={isToday || undefined}
      data-closed={isClosed || undefined}
      onClick={onClick}
    >
      <span aria-hidden="true">
        {shortDay(date)} <small>{Number(date.slice(-2))}</small>
      </span>
      <VisuallyHidden>
        {sayDate(date)}
        {isClosed && texts.dayClosed}
      </VisuallyHidden>
    </button>
  );
}
