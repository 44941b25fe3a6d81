import { useMemo } from "react";
import { Link } from "wouter";
import type { Schedule } from "../../protocol";
import { clock } from "../../ui/base/time";
import { present } from "./now";
import styles from "./now-bar.module.css";
import { useNow } from "./use-now";

/** The class that runs now and the next one, by the server's clock. */
export function NowBar({ classes }: { classes: readonly Schedule[] }) {
  const now = useNow();
  const { running, next } = useMemo(() => present(classes, now), [classes, now]);
  if (next.length === 0) return null;
  return (
    <p className={styles["bar"]}>
      <span>
        <strong data-on={running.length > 0 || undefined}>Now</strong>
        {running.length === 0 ? "No class" : <Slots slots={running} />}
      </span>
      <span>
        <strong>Next</strong>
        <Slots slots={next} today={now.day} />
      </span>
    </p>
  );
}

function Slots({ slots, today }: { slots: readonly Schedule[]; today?: string }) {
  return slots.slice(0, 2).map((slot, at) => (
    <span key={slot.id}>
      {at > 0 && ", "}
      <Link href={`/classes/${slot.id}`}>{slot.workout_plan.name}</Link>{" "}
      {today !== undefined && slot.day !== today && `${slot.day} `}
      {clock(slot.hour)} with {slot.coach.name}
      {at === 1 && slots.length > 2 && ` and ${slots.length - 2} more`}
    </span>
  ));
}
