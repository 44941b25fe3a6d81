import { things } from "../../ui/shell/things";
import { useRealtime } from "@spotter/realtime/react";
import type { Edit } from "@spotter/realtime";
import { useCallback } from "react";
import { editTogether } from "../../ui/record/batch";
import { texts } from "./texts";

/** Changes several classes in one step, with one message and one way back. */
export function useMany(): (edits: readonly Edit[], text: string) => void {
  const realtime = useRealtime();
  return useCallback(
    (edits, text) => {
      const label = things.howMany("schedules", edits.length);
      void editTogether(realtime, edits, {
        text,
        label,
        refused: texts.stay,
      });
    },
    [realtime],
  );
}
