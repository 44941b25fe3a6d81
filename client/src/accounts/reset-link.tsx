import { Button, CopyButton, Modal, TextInput } from "@mantine/core";
import { useRealtime } from "@spotter/realtime/react";
import { useState } from "react";
import { command } from "../ui/base/connected";
import { whyNot } from "../ui/base/why-not";
import { timeOfDay } from "../ui/base/time";
import { useFocusBack } from "../ui/base/use-focus-back";
import type { Account } from "./account-dialog";
import styles from "./accounts.module.css";
import { resetPath } from "./reset-path";
import { texts } from "./texts";

interface Link {
  secret: string;
  /** In milliseconds since 1970. */
  ends_at: number;
}

interface Props {
  account: Account;
  onClose: () => void;
}

/** A link by which somebody who forgot the password chooses another. */
export function ResetLink({ account: { username }, onClose }: Props) {
  const realtime = useRealtime();
  useFocusBack();
  const [link, setLink] = useState<Link | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    const ack = await command<Link>(realtime, "reset_link", { username });
    setBusy(false);
    setLink(ack.ok ? ack.data : null);
    setRefused(ack.ok ? null : whyNot(ack));
  };
  const address = link && `${location.origin}${resetPath}#${link.secret}`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.questionOf(texts.resetLink, username)}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <div className={styles["unsent"]}>
        {link === null || address === null ? (
          <p>{texts.linkExplained(username)}</p>
        ) : (
          <TextInput
            label={texts.linkFor(username)}
            description={texts.linkEnds(timeOfDay(link.ends_at))}
            readOnly
            data-autofocus
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
        {refused !== null && <p role="alert">{refused}</p>}
        <div className={styles["ways"]}>
          {address === null ? (
            <Button onClick={() => void ask()} loading={busy}>
              {texts.makeLink}
            </Button>
          ) : (
            <CopyButton value={address}>
              {({ copied, copy }) => (
                <Button onClick={copy}>{copied ? texts.copied : texts.copyLink}</Button>
              )}
            </CopyButton>
          )}
          <Button variant="default" onClick={onClose}>
            {link === null ? texts.cancel : texts.done}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
