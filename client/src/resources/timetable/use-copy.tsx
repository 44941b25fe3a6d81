import { notifications } from "@mantine/notifications";
import { reason, useRealtime } from "@spotter/realtime";
import type { Realtime } from "@spotter/realtime";
import { useCallback } from "react";
import type { Schedule } from "../../protocol";
import type { Day } from "../../ui/base/time";
import { dismissRefusals } from "../../ui/record/dismiss-refusals";
import { offerUndo } from "../../ui/record/undo";
import { allClasses, alsoThere } from "./use-move";
import { clashesWith } from "./week";

/** Puts the class on other days too, at the same hour with the same coach. Can be undone. */
export function useCopy(): (slot: Schedule, to: readonly Day[]) => Promise<void> {
  const realtime = useRealtime();
  return useCallback((slot, to) => copy(realtime, slot, to), [realtime]);
}

async function copy(realtime: Realtime, slot: Schedule, to: readonly Day[]): Promise<void> {
  const there = allClasses(realtime);
  const clashes = to.flatMap((day) => clashesWith(there, { ...slot, id: 0, day }));
  const { id: _, ...fields } = slot;
  const copies = to.map((day) => ({
    day,
    channel: "schedules" as const,
    label: `${slot.workout_plan.name} on ${day}`,
    ...realtime.edit({ channel: "schedules", kind: "new", data: { ...fields, day } }),
  }));
  const outcomes = await Promise.all(copies.map(({ outcome }) => outcome));
  const refused = outcomes.find((outcome) => outcome.status === "refused");
  if (refused?.status === "refused") {
    notifications.show({
      id: `refused ${copies[0]?.op}`,
      color: "var(--danger)",
      autoClose: 12_000,
      message: `${slot.workout_plan.name} was not copied everywhere. ${reason(refused.ack.errors)}`,
    });
    dismissRefusals(...outcomes);
  }
  const made = copies.filter((_copy, at) => outcomes[at]?.status !== "refused");
  if (made.length === 0) return;
  const text = `${slot.workout_plan.name} is copied to ${made.map(({ day }) => day).join(", ")}.`;
  offerUndo(realtime, [text, ...clashes.map(alsoThere)].join(" "), made);
}
