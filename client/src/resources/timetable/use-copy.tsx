import { sayDay } from "../../ui/base/dates";
import { useRealtime } from "@spotter/realtime/react";
import type { Realtime } from "@spotter/realtime";
import { useCallback } from "react";
import type { Schedule } from "../../protocol";
import { inList } from "../../ui/base/locale";
import type { Day } from "../../ui/base/time";
import { editTogether } from "../../ui/record/batch";
import { overlapsWith, sayOverlap } from "./overlaps";
import { allClasses } from "./use-move";
import { texts } from "./texts";

/** Puts the class on other days too, at the same hour with the same coach. Can be undone. */
export function useCopy(): (slot: Schedule, to: readonly Day[]) => Promise<void> {
  const realtime = useRealtime();
  return useCallback((slot, to) => copy(realtime, slot, to), [realtime]);
}

function copy(realtime: Realtime, slot: Schedule, to: readonly Day[]): Promise<void> {
  const there = allClasses(realtime);
  const overlaps = to.flatMap((day) => {
    const copied = { ...slot, id: 0, day };
    return overlapsWith(there, copied).map((overlap) => sayOverlap(overlap, copied));
  });
  const { id: _, ...fields } = slot;
  const { name } = slot.workout_plan;
  const named = to.map((day) => sayDay(day));
  const edits = to.map((day) => ({
    channel: "schedules" as const,
    kind: "new" as const,
    data: { ...fields, day },
  }));
  return editTogether(realtime, edits, {
    text: [texts.isCopied(name, inList(named)), ...overlaps].join(" "),
    label: texts.onDate(name, inList(named)),
    refused: texts.notCopied(name),
  });
}
