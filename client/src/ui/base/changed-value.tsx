import hidden from "./hidden.module.css";
import styles from "./changed-value.module.css";
import { RightArrowIcon } from "./icons";
import { texts } from "./texts";

interface Props {
  /** "" for nothing. */
  from: string;
  /** Null where there is no value any more. */
  to: string | null;
}

/** What a value was and is: an arrow for the eye, words for who hears it. */
export function ChangedValue({ from, to }: Props) {
  if (to === null) return <del className={styles["from"]}>{from}</del>;
  const now = <ins className={styles["to"]}>{to || texts.empty}</ins>;
  if (from === "") return now;
  return (
    <>
      <span className={hidden["hidden"]}>{texts.changedFrom} </span>
      <del className={styles["from"]}>{from}</del>{" "}
      <span className={styles["arrow"]}>
        <RightArrowIcon size={16} />
      </span>
      <span className={hidden["hidden"]}>{texts.changedTo} </span>
      {now}
    </>
  );
}
