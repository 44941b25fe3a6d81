import { Button, CopyButton, Modal, TextInput } from "@mantine/core";
import { useRealtime, useSession } from "@spotter/realtime/react";
import { useCallback, useEffect, useState } from "react";
import { connected } from "../ui/base/connected";
import { NotLoaded } from "../ui/base/not-loaded";
import { whyNot } from "../ui/base/why-not";
import { addressOf, publicAddress } from "./addresses";
import styles from "./calendar-dialog.module.css";
import { texts } from "./texts";

interface Props {
  /** Whose classes; all of the gym's if absent. */
  coach?: { id: number; name: string } | undefined;
  onClose: () => void;
}

/** The address that a calendar program subscribes to. Who is signed in has a private one. */
export default function CalendarDialog({ coach, onClose }: Props) {
  const { connection } = useRealtime();
  const isPrivate = useSession()?.user != null;
  const [address, setAddress] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const id = coach?.id;

  const ask = useCallback(
    async (renew: boolean) => {
      await connected(connection);
      const ack = await connection.request<{ url: string }>("feed", { renew }, {});
      setAddress(ack.ok && ack.data ? addressOf(ack.data.url, id) : null);
      setRefused(ack.ok ? null : whyNot(ack));
    },
    [connection, id],
  );
  useEffect(() => {
    // What comes back is the server's, not derived from anything here.
    // oxlint-disable-next-line react/set-state-in-effect
    if (isPrivate) void ask(false);
  }, [isPrivate, ask]);
  const shown = isPrivate ? address : publicAddress(location.origin, id);

  return (
    <Modal
      opened
      onClose={onClose}
      title={coach ? texts.calendarOf(coach.name) : texts.calendarOfGym}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <div className={styles["parts"]}>
        <p>{texts.explained}</p>
        {refused !== null && <p role="alert">{refused}</p>}
        {shown === null && refused === null && <NotLoaded />}
        {shown !== null && (
          <>
            <TextInput
              label={texts.address}
              readOnly
              data-autofocus
              value={shown}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={shown}>
              {({ copied, copy }) => (
                <Button onClick={copy}>{copied ? texts.copied : texts.copyAddress}</Button>
              )}
            </CopyButton>
          </>
        )}
        {isPrivate && shown !== null && !asks && (
          <p className="dim">
            {texts.yoursAlone}{" "}
            <Button variant="subtle" size="compact-sm" onClick={() => setAsks(true)}>
              {texts.makeNewOne}
            </Button>
          </p>
        )}
        {asks && (
          <div>
            <p>{texts.oldOnesEnd}</p>
            <Button
              onClick={() => {
                setAsks(false);
                void ask(true);
              }}
            >
              {texts.makeNewAddress}
            </Button>{" "}
            <Button variant="default" onClick={() => setAsks(false)}>
              {texts.keepThisOne}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}
