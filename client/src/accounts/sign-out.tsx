import { Button, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useConnection, useOps, useRealtime } from "@spotter/realtime/react";
import { useState } from "react";
import styles from "./accounts.module.css";
import { signOut } from "./session";
import { texts } from "./texts";

/** Signs out; asks first what is to become of edits that are not sent. */
export function SignOut() {
  const realtime = useRealtime();
  const [asking, setAsking] = useState(false);
  const unsent = useOps().filter((op) => op.state !== "settled").length;
  const leave = (what: "keep" | "discard") => {
    setAsking(false);
    void signOut(realtime, what);
  };
  const ask = () => {
    // What messages say of unsent edits, the question says. They would lie over it.
    notifications.clean();
    setAsking(true);
  };
  return (
    <>
      <Button variant="default" onClick={() => (unsent > 0 ? ask() : leave("keep"))}>
        {texts.signOut}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={texts.unsent(unsent)}
        closeButtonProps={{ "aria-label": texts.close }}
      >
        <Unsent onLeave={leave} onStay={() => setAsking(false)} />
      </Modal>
    </>
  );
}

interface Props {
  onLeave: (what: "keep" | "discard") => void;
  onStay: () => void;
}

function Unsent({ onLeave, onStay }: Props) {
  const ops = useOps().filter((op) => op.state !== "settled");
  const { status } = useConnection();
  return (
    <div className={styles["unsent"]}>
      <p>
        {ops.some((op) => op.unkept) ? texts.cannotKeep(ops.length) : texts.keepUnsent(ops.length)}
      </p>
      {ops.some((op) => op.withheld) && <p>{texts.passwordNotKept}</p>}
      {status !== "live" && <p className="dim">{texts.offlineNow}</p>}
      <p>{texts.discardIsLost}</p>
      <div className={styles["ways"]}>
        <Button onClick={() => onLeave("keep")}>{texts.signOutAndKeep(ops.length)}</Button>
        <Button variant="default" onClick={onStay}>
          {texts.staySignedIn}
        </Button>
        <Button variant="subtle" color="danger" onClick={() => onLeave("discard")}>
          {texts.discardAndSignOut(ops.length)}
        </Button>
      </div>
    </div>
  );
}
