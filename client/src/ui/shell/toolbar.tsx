import { KeyboardIcon, SearchIcon } from "../base/icons";
import { SchemeToggle } from "./scheme-toggle";
import styles from "./toolbar.module.css";

interface Props {
  onSearch: () => void;
  onHelp: () => void;
}

/** What every page offers besides its own: search, shortcuts, colours. */
export function Toolbar({ onSearch, onHelp }: Props) {
  return (
    <div className={styles["tools"]}>
      <button type="button" className={styles["tool"]} aria-label="Search" onClick={onSearch}>
        <SearchIcon />
      </button>
      <button
        type="button"
        className={`${styles["tool"]} ${styles["wide"]}`}
        aria-label="Keyboard shortcuts"
        onClick={onHelp}
      >
        <KeyboardIcon />
      </button>
      <SchemeToggle className={styles["tool"] ?? ""} />
    </div>
  );
}
