import { sayDay, daysOfWeek } from "../../ui/base/dates";
import { useId } from "react";
import type { ReactNode } from "react";
import { days } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import styles from "./day-ticks.module.css";

interface Props {
  legend: string;
  /** Whether one has to be chosen. */
  required?: boolean;
  /** Days that cannot be chosen. */
  without?: readonly Day[];
  chosen: readonly Day[];
  error?: ReactNode;
  /** Told the chosen ones in the order of the week. */
  onChange: (days: Day[]) => void;
}

/** The days of the week, of which several can be chosen. */
export function DayTicks({ legend, required, without = [], chosen, error, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className={styles["group"]} aria-describedby={error ? id : undefined}>
      <legend>
        {legend} {required && <span aria-hidden="true">*</span>}
      </legend>
      <div className={styles["days"]}>
        {daysOfWeek().map((day, at) => (
          <label key={day} className={styles["day"]}>
            <input
              type="checkbox"
              aria-label={sayDay(day)}
              // The first one that is wrong takes the focus.
              aria-invalid={(at === 0 && Boolean(error)) || undefined}
              disabled={without.includes(day)}
              checked={chosen.includes(day)}
              onChange={(event) =>
                onChange(
                  days.filter((each) =>
                    each === day ? event.currentTarget.checked : chosen.includes(each),
                  ),
                )
              }
            />
            {sayDay(day, "short")}
          </label>
        ))}
      </div>
      {error && (
        <p id={id} className={styles["error"]}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
