import type { ReactNode } from "react";
import type { Schedule } from "../../protocol";
import { WarningIcon } from "../../ui/base/icons";
import { sayLevel } from "../../ui/base/levels";
import { clock } from "../../ui/base/time";
import styles from "./class-face.module.css";
import { OverLink } from "./over-link";
import { endOf } from "./overlaps";
import type { Clash } from "./overlaps";
import { texts } from "./texts";

interface Props {
  slot: Schedule;
  clash: Clash | null;
  mine: boolean;
  /** A sign of what is different about it. */
  sign?: ReactNode;
  /** Who gives it, and what is different about it. */
  children: ReactNode;
}

/** What a class says about itself, in the grid and while it is moved. A week can have a thousand: few elements. */
export function ClassFace({ slot, clash, mine, sign, children }: Props) {
  const { difficulty } = slot.workout_plan;
  const places = typeof slot.capacity === "number" && ` · ${texts.places(slot.capacity)}`;
  return (
    <>
      <p className={styles["time"]}>
        {clash && <WarningIcon size={14} />}
        {sign}
        <span>
          {unbroken(clock(slot.hour))}
          <span className={styles["end"]}>–{unbroken(endOf(slot))}</span>
        </span>
        {mine && <span className={styles["you"]}>{texts.you}</span>}
      </p>
      <OverLink href={`/classes/${slot.id}`} className={styles["plan"]} draggable={false}>
        {slot.workout_plan.name}
      </OverLink>
      {children}
      {clash && <p className={styles["clash"]}>{sayClash(slot, clash)}</p>}
      {slot.room && <p className={styles["line"]}>{slot.room}</p>}
      <p className={styles["level"]}>
        {sayLevel(difficulty)}
        {places}
      </p>
    </>
  );
}

/** A time on one line: where there is no room for two, the line ends after the dash between them. */
function unbroken(time: string): string {
  return time.replace(" ", "\u00a0");
}

function sayClash({ coach, room }: Schedule, clash: Clash): string {
  if (clash === "coach") return texts.coachTwice(coach.name);
  if (clash === "room") return texts.roomTwice(room);
  return texts.bothTwice;
}
