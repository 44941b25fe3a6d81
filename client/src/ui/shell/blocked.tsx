import type { ReactNode } from "react";
import { BlockedContext } from "../base/blocked-context";
import styles from "./blocked.module.css";
import { texts } from "./texts";
import { useBlocked } from "./use-blocked";

/** Says above a page that the server is there, and its live connection is not let through. */
export function Blocked({ children }: { children: ReactNode }) {
  const isBlocked = useBlocked();
  return (
    <BlockedContext value={isBlocked}>
      {isBlocked && (
        <div role="alert" className={styles["blocked"]}>
          <strong>{texts.blocked}</strong> {texts.whoBlocks}
        </div>
      )}
      {children}
    </BlockedContext>
  );
}
