import { Button, Modal } from "@mantine/core";
import { useConnection, useOps, useRealtime } from "@spotter/realtime";
import { useState } from "react";
import styles from "./accounts.module.css";
import { signOut } from "./session";

/** Signs out; asks first what is to become of edits that are not sent. */
export function SignOut() {
  const realtime = useRealtime();
  const [asking, setAsking] = useState(false);
  const unsent = useOps().filter((op) => op.state !== "settled").length;
  const leave = (what: "keep" | "discard") => {
    setAsking(false);
    void signOut(realtime, what);
  };
  return (
    <>
      <Button variant="default" onClick={() => (unsent > 0 ? setAsking(true) : leave("keep"))}>
        Sign out
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={unsent === 1 ? "1 edit is not sent yet" : `${unsent} edits are not sent yet`}
        classNames={{ title: styles["question"] ?? "" }}
        closeButtonProps={{ "aria-label": "Close" }}
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
  const it = ops.length === 1 ? "it" : "them";
  return (
    <div className={styles["unsent"]}>
      <p>
        {ops.some((op) => op.unkept)
          ? `This browser could not keep ${it}: signing out loses ${it}.`
          : `Keep ${it}, and ${ops.length === 1 ? "it waits" : "they wait"} on this device, unseen by others, until you sign in here again.`}
      </p>
      {ops.some((op) => op.withheld) && (
        <p>A password is not kept: you will have to type it again.</p>
      )}
      {status !== "live" && <p className="dim">There is no connection now.</p>}
      <div className={styles["ways"]}>
        <Button onClick={() => onLeave("keep")}>Sign out, keep {it}</Button>
        <Button variant="default" onClick={() => onLeave("discard")}>
          Discard {it} and sign out
        </Button>
        <Button variant="subtle" onClick={onStay}>
          Stay signed in
        </Button>
      </div>
    </div>
  );
}
