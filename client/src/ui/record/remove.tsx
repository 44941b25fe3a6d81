/** Deleting: at once, without a question, and with a way back. */
import { notifications } from "@mantine/notifications";
import { reason, useRealtime } from "@spotter/realtime";
import type { AnyRecord, Channel, Realtime } from "@spotter/realtime";
import { useCallback } from "react";
import { useLocation } from "wouter";
import { Toast } from "../shell/toast";
import { dismissRefusals } from "./dismiss-refusals";
import { offerUndo } from "./undo";

/** Deletes a record, and offers to undo that. Says why if the server refuses. */
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
  { id }: AnyRecord,
  label: string,
  navigate: (path: string) => void,
): Promise<void> {
  const { op, outcome: deletion } = realtime.edit({ channel, kind: "delete", id });
  const withdraw = offerUndo(realtime, `Deleted ${label}`, [{ op, channel, label }]);
  const outcome = await deletion;
  if (outcome.status !== "refused") return;
  withdraw();
  const links = await import("./used-by").then(
    ({ usedBy }) => usedBy(realtime, channel, id),
    // They would be a help; why it was not deleted has to be said without them too.
    () => [],
  );
  notifications.show({
    id: `refused ${op}`,
    autoClose: 12_000,
    color: "var(--danger)",
    message: (
      <Toast
        text={`${label} was not deleted. ${reason(outcome.ack.errors)}`}
        links={links}
        navigate={navigate}
      />
    ),
  });
  dismissRefusals(outcome);
}
