import { sayDay, daysOfWeek } from "../../ui/base/dates";
import { useChannel } from "@spotter/realtime/react";
import { useMemo } from "react";
import { Link } from "wouter";
import type { Schedule } from "../../protocol";
import { clock } from "../../ui/base/time";
import { ChangeHighlight } from "../../ui/record/change-highlight";
import styles from "./class-list.module.css";
import { byTime } from "./week";
import { texts } from "./texts";

interface Props {
  /** Which classes. */
  keep: (slot: Schedule) => boolean;
  /** What is said of each besides its time. */
  label: (slot: Schedule) => string;
  none: string;
}

/** The classes of a coach or a plan through the week. */
export function ClassList({ keep, label, none }: Props) {
  const classes = useChannel("schedules");
  const kept = useMemo(() => classes?.filter(keep).toSorted(byTime) ?? [], [classes, keep]);
  return (
    <section aria-labelledby="classes">
      <h2 id="classes">{kept.length === 0 ? texts.classes : texts.aWeek(kept.length)}</h2>
      {kept.length === 0 && classes !== undefined && <p className="dim">{none}</p>}
      <ul className={styles["week"]}>
        {daysOfWeek().map((day) => {
          const there = kept.filter((slot) => slot.day === day);
          if (there.length === 0) return null;
          return (
            <li key={day}>
              <h3>{sayDay(day)}</h3>
              <ul>
                {there.map((slot) => (
                  <ChangeHighlight key={slot.id} channel="schedules" id={slot.id} as="li">
                    <Link href={`/classes/${slot.id}`}>
                      <span>{clock(slot.hour)}</span> {label(slot)}
                    </Link>
                  </ChangeHighlight>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
