import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { isReady } from "./draft";
import type { Draft } from "./draft";
import type { Refusal, Server } from "./requests";
import { write } from "./writing";
import type { Ending, Group, Written } from "./writing";
import { texts } from "./texts";
import { numbered } from "../../ui/base/locale";

export interface Progress {
  readonly done: number;
  readonly all: number;
}

/** Why it is cancelled where nobody said so. */
const LEFT = "left";

interface Options {
  server: Server;
  /** Called once at the end, however it ended. */
  onEnd: (batches: readonly Written[], refused: ReadonlyMap<string, Refusal>) => void;
}

/** Writes rows, one batch after the other. Leaving the page cancels it after the batch that is on its way. */
export function useWriting({ server, onEnd }: Options) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [ending, setEnding] = useState<(Ending & Progress) | null>(null);
  const run = useRef<AbortController | null>(null);
  const isWriting = progress !== null;

  useEffect(() => () => run.current?.abort(LEFT), []);
  useEffect(() => {
    if (!isWriting) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isWriting]);

  const start = async (groups: readonly Group[], known: ReadonlyMap<string, number>) => {
    const control = (run.current = new AbortController());
    const all = groups.reduce((sum, { drafts }) => sum + drafts.length, 0);
    const batches: Written[] = [];
    const refused = new Map<string, Refusal>();
    let done = 0;
    setEnding(null);
    setProgress({ done, all });
    const ended = await write(groups, known, server, control.signal, {
      written: (batch) => {
        batches.push(batch);
        done += batch.rows.length;
        setProgress({ done, all });
      },
      refused: (refusals) => {
        for (const [key, refusal] of refusals) refused.set(key, refusal);
      },
    });
    if (control.signal.reason === LEFT) sayLeft(done, all);
    onEnd(batches, refused);
    setProgress(null);
    setEnding({ ...ended, done, all });
  };

  return { progress, ending, start, cancel: () => run.current?.abort() };
}

function sayLeft(done: number, all: number): void {
  notifications.show({
    id: "import left",
    autoClose: 12_000,
    message: texts.leftPage(numbered(done), texts.rows(all)),
  });
}

/** The rows of each sheet that are to be written. */
export function groupsOf(
  sheets: readonly { readonly key: string; readonly name: string }[],
  drafts: ReadonlyMap<string, readonly Draft[]>,
): Group[] {
  return sheets.flatMap(({ key, name }) => {
    const ready = (drafts.get(key) ?? []).filter(isReady);
    return ready.length === 0 ? [] : [{ name, drafts: ready }];
  });
}
