import { GlobeIcon, KeyboardIcon, SearchIcon } from "../base/icons";
import { SchemeToggle } from "./scheme-toggle";
import styles from "./toolbar.module.css";
import { texts } from "./texts";

interface Props {
  onSearch: () => void;
  onHelp: () => void;
  onPreferences: () => void;
}

/** What every page offers besides its own: search, shortcuts, colours. */
export function Toolbar({ onSearch, onHelp, onPreferences }: Props) {
  return (
    <div className={styles["tools"]}>
      <button type="button" className={styles["tool"]} aria-label={texts.search} onClick={onSearch}>
        <SearchIcon />
      </button>
      <button
        type="button"
        className={`${styles["tool"]} ${styles["wide"]}`}
        aria-label={texts.shortcuts}
        onClick={onHelp}
      >
        <KeyboardIcon />
      </button>
      <button
        type="button"
        className={styles["tool"]}
        aria-label={texts.preferences}
        data-preferences=""
        onClick={onPreferences}
      >
        <GlobeIcon />
      </button>
      <SchemeToggle className={`${styles["tool"]} ${styles["scheme"]}`} />
    </div>
  );
}
