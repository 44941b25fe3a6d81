import styles from "./blocked.module.css";
import { texts } from "./texts";
import { useBlocked } from "./use-blocked";

/** Says that the server is there, and its live connection is not let through. */
export function Blocked() {
  if (!useBlocked()) return null;
  return (
    <div role="alert" className={styles["blocked"]}>
      <strong>{texts.blocked}</strong> {texts.whoBlocks}
    </div>
  );
}
