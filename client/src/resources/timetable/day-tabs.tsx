import { VisuallyHidden } from "@mantine/core";
import { days } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import styles from "./timetable.module.css";

interface Props {
  day: Day;
  today: Day | null;
  onChange: (day: Day) => void;
}

/** The days of the week in a row, for screens that show one at a time. */
export function DayTabs({ day, today, onChange }: Props) {
  return (
    <nav className={styles["days"]} aria-label="Day">
      {days.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === day}
          data-today={each === today || undefined}
          onClick={() => onChange(each)}
        >
          <span aria-hidden="true">{each.slice(0, 2)}</span>
          <VisuallyHidden>{each}</VisuallyHidden>
        </button>
      ))}
    </nav>
  );
}
