import { useObservable, useRealtime } from "@spotter/realtime/react";
import type { Realtime, Shown } from "@spotter/realtime";
import { useMemo } from "react";
import type { ImportChannel } from "./fields";
import type { Gym } from "./gym";

/** All that is there, with its revs; null while it loads. */
export function useGym(): Gym | null {
  const realtime = useRealtime();
  const coaches = useTable(realtime, "coaches");
  const moves = useTable(realtime, "exercise_moves");
  const plans = useTable(realtime, "workout_plans");
  const classes = useTable(realtime, "schedules");
  return useMemo(() => {
    if (!coaches || !moves || !plans || !classes) return null;
    return {
      coaches,
      exercise_moves: moves,
      workout_plans: plans,
      schedules: classes,
    } as unknown as Gym;
  }, [coaches, moves, plans, classes]);
}

/** Without what the server does not know yet. */
function useTable(realtime: Realtime, channel: ImportChannel) {
  const table = useObservable(realtime.table(channel));
  return useMemo(() => table && saved(table), [table]);
}

function saved(table: ReadonlyMap<number, Shown>): ReadonlyMap<number, Shown> {
  const isSaved = Array.from(table.keys()).every((id) => id > 0);
  return isSaved ? table : new Map(Array.from(table).filter(([id]) => id > 0));
}
