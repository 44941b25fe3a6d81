import { useRealtime } from "@spotter/realtime/react";
import { useCallback } from "react";
import type { Exception } from "../../protocol";
import { editTogether } from "../../ui/record/batch";
import { texts } from "./texts";

interface Words {
  /** What is said when it is done. */
  text: string;
  /** What they are, for messages about them. */
  label: string;
}

/** Deletes exceptions in one step, so that these dates are as usual again. */
export function useTakeBack(): (exceptions: readonly Exception[], words: Words) => void {
  const realtime = useRealtime();
  return useCallback(
    (exceptions, words) => {
      const edits = exceptions.map(
        ({ id }) => ({ channel: "exceptions", kind: "delete", id }) as const,
      );
      void editTogether(realtime, edits, { ...words, refused: texts.nothingTakenBack });
    },
    [realtime],
  );
}
