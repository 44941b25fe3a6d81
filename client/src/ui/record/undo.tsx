/** Undo, for every button of that name: the one way back, and what is said when there is none. */
import { notifications } from "@mantine/notifications";
import { reason } from "@spotter/realtime";
import type { Ack, AnyRecord, Channel, Realtime } from "@spotter/realtime";
import { navigate } from "wouter/use-browser-location";
import { formatValue } from "../base/format-value";
import { doerOf } from "../base/people";
import { nouns, recordPath } from "../shell/navigation";
import { Toast } from "../shell/toast";

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
    message: <Toast text={text} action="Undo" onAction={takeBack} />,
  });
  return () => notifications.hide(id);
}

/** Undoes a commit of the history, and says how that went. */
export async function undoCommit(realtime: Realtime, changed: Changed, seq: number): Promise<void> {
  const done = await undo(realtime, changed, `${seq}`, () => realtime.undo.commit(seq));
  if (done) notifications.show({ id: `undone ${seq}`, message: "Undone" });
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
          text={`${label} was not undone. ${reason(ack.errors)}`}
          action="Try again"
          onAction={again}
        />
      ) : (
        `${label} was not undone. ${reason(ack.errors)}`
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
  if (!current) return `${doer} deleted ${label} meanwhile: there is nothing to undo.`;
  const record = current as unknown as Readonly<Record<string, unknown>>;
  const now = fields.map(
    (field) =>
      `${field.replaceAll("_", " ")} is now ${formatValue(field, record[field]) || "empty"}`,
  );
  return (
    <Toast
      text={[
        `${doer} changed ${label} meanwhile, so it was not undone.`,
        now.length > 0 && sentence(now.join(", ")),
      ]
        .filter(Boolean)
        .join(" ")}
      links={[{ path: recordPath(channel, current.id), label: `See the ${nouns[channel].one}` }]}
      navigate={navigate}
    />
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
