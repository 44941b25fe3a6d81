import { useConnection, useOps } from "@spotter/realtime/react";
import { useEffect, useState } from "react";
import { timeOfDay } from "../base/time";
import styles from "./connection.module.css";
import { lazyDialog } from "./lazy-parts";
import { texts } from "./texts";

const Outbox = lazyDialog(
  () => texts.yourEdits,
  () => import("./outbox"),
  { early: true },
);

/** Whether this page is live, and what is not sent yet. Opens the list of one's own edits. */
export function ConnectionIndicator() {
  const [opened, setOpened] = useState(false);
  const { status, since } = useConnection();
  const ops = useOps();
  const waiting = ops.filter((op) => op.state === "queued" || op.state === "sent").length;
  const parked = ops.filter((op) => op.state === "parked").length;
  const late = useLate(waiting > 0) && waiting > 0;
  const words = {
    connecting: texts.connecting,
    live: texts.live,
    reconnecting: texts.reconnecting,
    offline: texts.offlineSince(timeOfDay(since)),
  }[status];
  return (
    <>
      <button
        type="button"
        className={styles["connection"]}
        data-status={status}
        aria-haspopup="dialog"
        aria-live="polite"
        onClick={() => setOpened(true)}
      >
        <span className={styles["dot"]} aria-hidden="true" />
        <span className={styles["words"]}>{words}</span>
        <span className={styles["edits"]}>
          {status === "offline" && (late || parked > 0) && (
            <span className={styles["short"]} aria-hidden="true">
              {texts.offline}
            </span>
          )}
          {late && <span className={styles["count"]}>{texts.unsent(waiting)}</span>}
          {parked > 0 && <span className={styles["parked"]}>{texts.toDecide(parked)}</span>}
        </span>
      </button>
      {opened && <Outbox onClose={() => setOpened(false)} />}
    </>
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
