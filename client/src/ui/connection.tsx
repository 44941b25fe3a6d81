import { useEffect, useState } from "react";
import { useConnection, useOps } from "../realtime";
import styles from "./connection.module.css";
import { timeOfDay } from "./time";

/** Whether this page is live, and how many edits wait. */
export function ConnectionIndicator() {
  const { status, since } = useConnection();
  const waiting = useOps().filter((op) => op.state === "queued" || op.state === "sent").length;
  const words = {
    connecting: "Connecting",
    live: "Live",
    reconnecting: "Reconnecting",
    offline: `Offline since ${timeOfDay(since)}`,
  }[status];
  const late = useLate(waiting > 0);
  return (
    <output className={styles["connection"]} data-status={status}>
      <span className={styles["dot"]} aria-hidden="true" />
      {words}
      {late && waiting > 0 && ` · ${waiting} waiting`}
    </output>
  );
}

/** True once something has lasted long enough to be worth saying. */
function useLate(lasting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(lasting), lasting ? 500 : 0);
    return () => clearTimeout(timer);
  }, [lasting]);
  return late;
}
