import { useCallback, useEffect, useState } from "react";
import { readDescription } from "./document";
import type { Description } from "./document";

/** The server's description of its events, or why it did not come. */
export function useDescription() {
  const [description, setDescription] = useState<Description | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(
    () =>
      readDescription().then(setDescription, (error: unknown) =>
        setProblem(error instanceof Error ? error.message : String(error)),
      ),
    [],
  );
  useEffect(() => void read(), [read]);
  const retry = () => {
    setProblem(null);
    void read();
  };
  return { description, problem, retry };
}
