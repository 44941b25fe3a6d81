import { LeftIcon, RightIcon } from "../base/icons";
import styles from "./rail-opener.module.css";
import { texts } from "./texts";

interface Props {
  opened: boolean;
  onToggle: () => void;
}

/** Where the rail is narrow, all that it has to say is seen when it is opened. */
export function RailOpener({ opened, onToggle }: Props) {
  return (
    <button
      type="button"
      className={styles["opener"]}
      aria-label={texts.wholeMenu}
      aria-expanded={opened}
      onClick={onToggle}
    >
      {opened ? <LeftIcon /> : <RightIcon />}
    </button>
  );
}
