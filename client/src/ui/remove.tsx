/** Deleting: at once, without a question, and with a way back. */
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useLocation } from "wouter";
import { reason, useRealtime } from "../realtime";
import type { AnyRecord, Channel, Realtime } from "../realtime";
import { nouns } from "./navigation";
import { seen } from "./seen";
import { Toast } from "./toast";

const UNDO_FOR = 8_000;

/** Deletes a record, and offers to undo that for 8 s. Says why if the server refuses. */
export function useRemove(channel: Channel): (record: AnyRecord, label: string) => void {
  const realtime = useRealtime();
  const [, navigate] = useLocation();
  return useCallback(
    (record, label) => void remove(realtime, channel, record, label, navigate),
    [realtime, channel, navigate],
  );
}

async function remove(
  realtime: Realtime,
  channel: Channel,
  record: AnyRecord,
  label: string,
  navigate: (path: string) => void,
): Promise<void> {
  const deletion = realtime.mutate({ channel, kind: "delete", id: record.id });
  const op = realtime.outbox.ops.get().at(-1)?.op ?? "";
  const toast = notifications.show({
    autoClose: UNDO_FOR,
    message: (
      <Toast
        text={`Deleted ${label}`}
        action="Undo"
        onAction={() => {
          notifications.hide(toast);
          void deletion.then((outcome) => {
            const seq = outcome.status === "saved" ? outcome.ack.meta?.seq : undefined;
            return undo(realtime, { channel, record, op, seq });
          });
        }}
      />
    ),
  });
  const outcome = await deletion;
  if (outcome.status !== "refused") return;
  notifications.hide(toast);
  const { usedBy } = await import("./used-by");
  notifications.show({
    autoClose: 12_000,
    color: "red",
    message: (
      <Toast
        text={`${label} was not deleted. ${reason(outcome.ack.errors)}`}
        links={usedBy(realtime, channel, record.id)}
        navigate={navigate}
      />
    ),
  });
  seen(outcome);
}

interface Deleted {
  channel: Channel;
  record: AnyRecord;
  op: string;
  seq: number | undefined;
}

async function undo(realtime: Realtime, { channel, record, op, seq }: Deleted): Promise<void> {
  if (realtime.outbox.discard(op)) return;
  if (seq !== undefined) {
    const ack = await realtime.connection.request("undo", { seq });
    if (ack.ok) return;
    if (ack.meta?.code !== "unknown_event") return complain(reason(ack.errors));
  }
  // A server without a journal cannot bring it back, but it can be made again.
  const { id: _, ...data } = record;
  const outcome = await realtime.mutate({ channel, kind: "new", data });
  if (outcome.status === "refused") complain(reason(outcome.ack.errors));
  seen(outcome);

  function complain(why: string): void {
    notifications.show({
      color: "red",
      message: `The ${nouns[channel].one} did not come back. ${why}`,
    });
  }
}
