/** Deleting: at once, without a question, and with a way back. */
import { notifications } from "@mantine/notifications";
import { useRealtime } from "@spotter/realtime/react";
import type { AnyRecord, Channel, Realtime } from "@spotter/realtime";
import { useCallback } from "react";
import { useLocation } from "wouter";
import { listPaths, recordPath, withTime } from "../shell/navigation";
import { whyNot } from "../base/why-not";
import { things } from "../shell/things";
import { Toast } from "../shell/toast";
import { dismissRefusals } from "./dismiss-refusals";
import { offerUndo } from "./undo";
import { texts } from "./texts";

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
  record: AnyRecord,
  label: string,
  navigate: (path: string) => void,
): Promise<void> {
  const named = withTime(record, label);
  const { op, outcome: deletion } = realtime.edit({ channel, kind: "delete", id: record.id });
  const withdraw = offerUndo(realtime, texts.deleted(named), [{ op, channel, label: named }]);
  const outcome = await deletion;
  if (outcome.status !== "refused") return;
  withdraw();
  // What stays is shown again, with all that can be done with it instead.
  if (channel !== "schedules" && location.pathname === listPaths[channel])
    navigate(recordPath(channel, record.id));
  const { count, links, all } = await import("./used-by").then(
    ({ usedBy }) => usedBy(realtime, channel, record.id),
    // They would be a help; why it was not deleted has to be said without them too.
    () => ({ count: 0, links: [], all: undefined }),
  );
  const isUsed = outcome.ack.meta?.code === "in_use" && count > 0;
  const why = (isUsed && things.isNeeded(channel, count)) || whyNot(outcome.ack);
  const id = `refused ${op}`;
  const giveAway = isUsed &&
    channel === "coaches" && {
      action: texts.giveClassesTo,
      onAction: () => {
        notifications.hide(id);
        navigate(`${recordPath(channel, record.id)}?give=classes`);
      },
    };
  notifications.show({
    id,
    autoClose: 12_000,
    color: "var(--danger)",
    message: (
      <Toast
        text={texts.notDeleted(named, why)}
        links={links}
        more={count > links.length ? texts.andMore(count - links.length) : undefined}
        all={all}
        {...giveAway}
        navigate={navigate}
      />
    ),
  });
  dismissRefusals(outcome);
}
