import { sayDay } from "../../ui/base/dates";
import { useChannel } from "@spotter/realtime/react";
import { useMay } from "../../accounts/can";
import type { Day } from "../../ui/base/time";
import { countOf } from "../coaches/hand-over";
import styles from "./copy-day.module.css";
import { CopyMany } from "./copy-many";
import { dialogTexts } from "./dialog-texts";

interface Props {
  day: Day;
  /** Classes that a filter leaves out: they are not copied. */
  hidden: ReadonlySet<number>;
  onDone: () => void;
}

/** Copies what a day has every week to other days. */
export function CopyDay({ day, hidden, onDone }: Props) {
  const may = useMay("schedules", null);
  const all = (useChannel("schedules") ?? []).filter((slot) => slot.day === day && slot.id > 0);
  const classes = all.filter(({ id }) => !hidden.has(id));
  if (!may || classes.length === 0) return null;
  const left = all.length - classes.length;
  return (
    <section className={styles["copy"]} aria-labelledby="copy-day">
      <h3 id="copy-day">{dialogTexts.copyDayTo(sayDay(day))}</h3>
      <p className={styles["which"]}>
        {dialogTexts.asEvery(countOf(classes), sayDay(day))}
        {left > 0 && dialogTexts.withoutHidden(left)}.
      </p>
      <CopyMany classes={classes} onDone={onDone} />
    </section>
  );
}
