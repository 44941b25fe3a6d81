import { useRealtime } from "@spotter/realtime/react";
import type { Edit } from "@spotter/realtime";
import { useCallback } from "react";
import type { Coach } from "../../protocol";
import { editTogether } from "../../ui/record/batch";
import { texts } from "./texts";

interface HandOver {
  from: Coach;
  /** Each a change of a class, all or none of which are made. */
  edits: readonly Edit[];
  /** What is said when it is done. */
  text: string;
}

/** Gives classes of one coach to another in one step, with one way back. */
export function useHandOver(): (what: HandOver) => Promise<void> {
  const realtime = useRealtime();
  return useCallback(
    ({ from, edits, text }) =>
      editTogether(realtime, edits, {
        text,
        label: texts.gaveAway(from.name),
        refused: texts.stay(from.name),
      }),
    [realtime],
  );
}
