import { whyNot } from "../../ui/base/why-not";
import { sayDay } from "../../ui/base/dates";
import { notifications } from "@mantine/notifications";
import { useRealtime } from "@spotter/realtime/react";
import type { Realtime } from "@spotter/realtime";
import { useCallback } from "react";
import type { Schedule } from "../../protocol";
import { doerOf } from "../../ui/base/people";
import { clock } from "../../ui/base/time";
import { dismissRefusals } from "../../ui/record/dismiss-refusals";
import { offerUndo } from "../../ui/record/undo";
import { overlapsWith, sayOverlap } from "./overlaps";
import { texts } from "./texts";

type Changes = Partial<Pick<Schedule, "day" | "hour" | "coach">>;

/** Changes a class in one step, offers to undo it, and names who and what is then wanted twice. */
export function useMove(): (slot: Schedule, changes: Changes) => Promise<void> {
  const realtime = useRealtime();
  return useCallback((slot, changes) => move(realtime, slot, changes), [realtime]);
}

async function move(realtime: Realtime, slot: Schedule, changes: Changes): Promise<void> {
  const after = { ...slot, ...changes };
  const overlaps = overlapsWith(allClasses(realtime), after);
  const channel = "schedules";
  const label = slot.workout_plan.name;
  const edit = { channel, kind: "update", id: slot.id, data: { ...changes } } as const;
  const { op, outcome: moved } = realtime.edit(edit);
  const text = [
    describeMove(after, changes),
    ...overlaps.map((overlap) => sayOverlap(overlap, after)),
  ].join(" ");
  const withdraw = offerUndo(realtime, text, [{ op, channel, label }]);
  const outcome = await moved;
  if (outcome.status !== "refused") return;
  withdraw();
  dismissRefusals(outcome);
  if (outcome.ack.meta?.code === "not_found")
    return sayGone(realtime, slot, texts.deletedMeanwhile);
  notifications.show({
    id: `refused ${op}`,
    color: "var(--danger)",
    autoClose: 12_000,
    message: texts.staysAsWas(label, whyNot(outcome.ack)),
  });
}

/** Says that a class was deleted, and by whom; `say` says when. */
export function sayGone(
  realtime: Realtime,
  slot: Schedule,
  say: typeof texts.deletedMeanwhile,
): void {
  const change = realtime.remoteChanges.of("schedules", slot.id);
  const actor = change?.type === "del" ? change.actor : null;
  const doer = doerOf(actor, realtime.connection.session.get());
  notifications.show({
    id: `gone ${slot.id}`,
    color: "var(--danger)",
    autoClose: 12_000,
    message: say(doer, slot.workout_plan.name),
  });
}

export function allClasses(realtime: Realtime): Schedule[] {
  const table = realtime.table("schedules").get();
  return Array.from(table?.values() ?? [], (entry) => entry.record as Schedule);
}

function describeMove(slot: Schedule, changes: Changes): string {
  return changes.coach
    ? texts.takesEvery(slot.coach.name, slot.workout_plan.name, sayDay(slot.day))
    : texts.isEvery(slot.workout_plan.name, sayDay(slot.day), clock(slot.hour));
}
