/** Undo, for every button of that name: the one way back, and what is said when there is none. */
import { notifications } from "@mantine/notifications";
import { writesOf } from "@spotter/realtime";
import type { Ack, AnyRecord, Channel, Realtime } from "@spotter/realtime";
import { navigate } from "wouter/use-browser-location";
import { formatValue } from "../base/format-value";
import { fieldName } from "../base/field-names";
import { capital, inList } from "../base/locale";
import { whyNot } from "../base/why-not";
import { doerOf } from "../base/people";
import { recordPath } from "../shell/navigation";
import { things } from "../shell/things";
import { Toast } from "../shell/toast";
import { texts } from "./texts";

const OFFERED_FOR = 8_000;
const SHOWN_FOR = 12_000;

/** What was changed, for messages about it. */
export interface Changed {
  channel: Channel;
  label: string;
}

/** Says what was done and offers to undo it for 8 s; the returned function takes that offer away. */
export function offerUndo(
  realtime: Realtime,
  text: string,
  edits: readonly (Changed & { op: string })[],
): () => void {
  const id = edits.map(({ op }) => op).join();
  const takeBack = () => {
    notifications.hide(id);
    for (const edit of edits) void undo(realtime, edit, edit.op, () => realtime.undo.edit(edit.op));
  };
  // Under one id, so that a second click that was the same edit says it no second time.
  notifications.show({
    id,
    autoClose: OFFERED_FOR,
    mod: aboutOf(realtime, edits),
    message: <Toast text={text} action={texts.undo} onAction={takeBack} />,
  });
  return () => notifications.hide(id);
}

/** Names the records that were changed, so that what is said of them does not cover them. */
function aboutOf(realtime: Realtime, edits: readonly { op: string }[]): { about: string } {
  const ops = new Set(edits.map(({ op }) => op));
  const writes = realtime.outbox.ops
    .get()
    .filter(({ op }) => ops.has(op))
    .flatMap(writesOf);
  return { about: writes.map(({ channel, id }) => `${channel}/${id}`).join(" ") };
}

/** Undoes a commit of the history, and says how that went. */
export async function undoCommit(realtime: Realtime, changed: Changed, seq: number): Promise<void> {
  const done = await undo(realtime, changed, `${seq}`, () => realtime.undo.commit(seq));
  if (done) notifications.show({ id: `undone ${seq}`, message: texts.undone });
}

async function undo(
  realtime: Realtime,
  changed: Changed,
  what: string,
  ask: () => Promise<Ack<AnyRecord>>,
): Promise<boolean> {
  const ack = await ask();
  if (ack.ok) return true;
  const { label } = changed;
  const key = `not undone ${what}`;
  const again = () => {
    notifications.hide(key);
    void undo(realtime, changed, what, ask);
  };
  const doer = doerOf(ack.meta?.actor, realtime.connection.session.get());
  notifications.show({
    id: key,
    color: "var(--danger)",
    autoClose: SHOWN_FOR,
    message:
      ack.meta?.code === "conflict" ? (
        <Conflict ack={ack} changed={changed} doer={doer} />
      ) : ack.meta?.code === "offline" ? (
        <Toast
          text={texts.notUndone(label, whyNot(ack))}
          action={texts.tryAgain}
          onAction={again}
        />
      ) : (
        texts.notUndone(label, whyNot(ack))
      ),
  });
  return false;
}

interface ConflictProps {
  ack: Ack<AnyRecord>;
  changed: Changed;
  doer: string;
}

/** Who changed the same meanwhile, and what it is now: it stays. */
function Conflict({ ack, changed, doer }: ConflictProps) {
  const { channel, label } = changed;
  const { fields = [], current } = ack.meta ?? {};
  if (!current) return texts.nothingToUndo(doer, label);
  const record = current as unknown as Readonly<Record<string, unknown>>;
  const now = fields.map((field) =>
    texts.isNow(fieldName(field), formatValue(field, record[field]) || texts.nothing),
  );
  return (
    <Toast
      text={[texts.changedMeanwhile(doer, label), now.length > 0 && `${capital(inList(now))}.`]
        .filter(Boolean)
        .join(" ")}
      links={[{ path: recordPath(channel, current.id), label: things.seeOne(channel) }]}
      navigate={navigate}
    />
  );
}
