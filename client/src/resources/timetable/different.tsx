import { NoteIcon, SwapIcon } from "../../ui/base/icons";
import styles from "./different.module.css";
import { insteadOf, takesPlace } from "./occurrences";
import type { Occurrence } from "./occurrences";
import { texts } from "./texts";

/** What is different about a class on its date; who gives it, if somebody does. */
export function Different({ occurrence }: { occurrence: Occurrence }) {
  const { closed, own, slot } = occurrence;
  const state = closed ? texts.closed : own?.cancelled && texts.cancelled;
  const usual = insteadOf(occurrence);
  const note = own?.note && <p className={styles["note"]}>{own.note}</p>;
  return (
    <>
      {state && <p className={styles["state"]}>{state}</p>}
      {state && note}
      {usual && !state ? (
        <p className={styles["substitute"]}>
          {slot.coach.name} <span>{texts.forUsual(usual.name)}</span>
        </p>
      ) : (
        <p className={styles["coach"]}>{slot.coach.name}</p>
      )}
      {!state && note}
    </>
  );
}

/** The same in a sign, for a class that has no room for more. */
export function DifferentSign({ occurrence }: { occurrence: Occurrence }) {
  if (!takesPlace(occurrence)) return null;
  return (
    <span className={styles["signs"]}>
      {insteadOf(occurrence) && <SwapIcon size={14} />}
      {occurrence.own?.note && <NoteIcon size={14} />}
    </span>
  );
}
