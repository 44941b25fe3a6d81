import type { Schedule } from "../../protocol";
import { WarningIcon } from "../../ui/base/icons";
import { level } from "../workout-plans/difficulty";
import { ClassFace } from "./class-face";
import styles from "./ghost.module.css";
import { texts } from "./texts";

interface Props {
  slot: Schedule;
  /** Who and what would be wanted twice there. */
  overlaps: readonly string[];
}

/** What is seen of a class while it is moved. */
export function Ghost({ slot, overlaps }: Props) {
  return (
    // What is outside stands upright: where it is decides what it lies over.
    <div className={styles["place"]}>
      <div
        className={styles["ghost"]}
        data-level={level(slot.workout_plan.difficulty) ?? undefined}
        data-clash={overlaps.length > 0 || undefined}
      >
        <ClassFace slot={slot} clash={null} mine={false}>
          <p className={styles["coach"]}>{slot.coach.name}</p>
        </ClassFace>
        <p className={styles["weeks"]}>{texts.movesEveryWeek}</p>
        {overlaps.length > 0 && (
          <p className={styles["overlaps"]}>
            <WarningIcon size={14} /> {overlaps.join(" ")} {texts.dropAnyway}
          </p>
        )}
      </div>
    </div>
  );
}
