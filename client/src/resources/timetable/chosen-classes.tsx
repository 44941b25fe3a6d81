import type { Schedule } from "../../protocol";
import { sayClass } from "../coaches/hand-over";
import styles from "./chosen-classes.module.css";
import { dialogTexts } from "./dialog-texts";

/** So many classes are named; the rest are counted. */
const NAMED = 6;

interface Props {
  classes: readonly Schedule[];
}

/** What is about to be done with these is done for every week. */
export function ChosenClasses({ classes }: Props) {
  return (
    <div>
      <p>{dialogTexts.inEveryWeek}</p>
      <NamedClasses classes={classes} />
    </div>
  );
}

export function NamedClasses({ classes }: Props) {
  return (
    <ul className={styles["named"]}>
      {classes.slice(0, NAMED).map((slot) => (
        <li key={slot.id}>
          {sayClass(slot)}, {slot.coach.name}
        </li>
      ))}
      {classes.length > NAMED && <li>{dialogTexts.andMore(classes.length - NAMED)}</li>}
    </ul>
  );
}
