import { Alert, Button } from "@mantine/core";
import { writesOf } from "@spotter/realtime";
import { useAccount, useOps, useRealtime, useRemoteChange } from "@spotter/realtime/react";
import { Fragment, useState } from "react";
import type { ReactNode } from "react";
import type { Exception } from "../../protocol";
import { WarningIcon } from "../../ui/base/icons";
import { useDoer } from "../../ui/base/people";
import { loadDraft } from "../../ui/form/drafts";
import { sayDifferent } from "./exceptions";
import { dialogTexts } from "./dialog-texts";

interface Props {
  /** What there is now for this date. */
  found: Exception | null;
  /** What its form says that a new one is for. */
  of: string;
  /** The form for the record of this id, or for a new one; it tells while it is being saved. */
  children: (id: number | null, onSaving: (saving: boolean) => void) => ReactNode;
}

/** Keeps a form on the record that something was typed for, and says when there is another one by now. */
export function ExceptionEditor({ found, of, children }: Props) {
  const [id, setId] = useState(found?.id ?? null);
  const [saving, setSaving] = useState(false);
  const account = useAccount();
  const theirs = useRemoteChange("exceptions", found?.id ?? 0);
  const doer = useDoer();
  const touched = loadDraft({ account, channel: "exceptions", id, of }) !== null;
  // One that waits for a connection can only be taken back.
  const waits = id !== null && id < 0;
  const other = found !== null && found.id > 0 && found.id !== id ? found : null;
  if ((waits && found?.id !== id) || (other && !touched)) setId(found?.id ?? null);
  if (waits && found !== null) return <Waiting exception={found} />;
  return (
    <>
      {other && touched && !saving && (
        <Alert
          icon={<WarningIcon />}
          role="alert"
          title={dialogTexts.changedDate(doer(theirs?.actor))}
        >
          <p>{dialogTexts.isNow(sayDifferent(other))}</p>
          <Button mt="xs" variant="default" onClick={() => setId(other.id)}>
            {dialogTexts.editNew}
          </Button>
        </Alert>
      )}
      <Fragment key={id ?? "new"}>{children(id, setSaving)}</Fragment>
    </>
  );
}

/** An exception that the server does not know yet. */
function Waiting({ exception }: { exception: Exception }) {
  const { outbox } = useRealtime();
  const op = useOps().find((each) => writesOf(each).some(({ id }) => id === exception.id));
  return (
    <Alert icon={<WarningIcon />} title={dialogTexts.sentLater}>
      <p>{sayDifferent(exception)}</p>
      {op?.state === "queued" && (
        <Button mt="xs" variant="default" onClick={() => outbox.discard(op.op)}>
          {dialogTexts.takeBack}
        </Button>
      )}
    </Alert>
  );
}
