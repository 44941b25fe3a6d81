import { useConnection, useRealtime } from "@spotter/realtime/react";
import { useEffect, useMemo, useReducer, useState, useSyncExternalStore } from "react";
import { Checker, isOpen, judged } from "./checker";
import { isReady } from "./draft";
import { order } from "./fields";
import type { Gym } from "./gym";
import { nothing, reduce, writtenIn } from "./import-state";
import { serverOf } from "./requests";
import { review } from "./review";
import { groupsOf, useWriting } from "./use-writing";

/** All of an import: the sheets, what becomes of their rows, what the server says of them, the writing. */
export function useImport(live: Gym, languages: readonly string[]) {
  const realtime = useRealtime();
  const server = useMemo(() => serverOf(realtime), [realtime]);
  const checker = useMemo(() => new Checker(server), [server]);
  const checked = useSyncExternalStore(checker.subscribe, checker.get);
  const [state, dispatch] = useReducer(reduce, nothing);
  // What is written changes the gym: until all is, the rows are seen against it as it was before.
  const [frozen, setFrozen] = useState<Gym | null>(null);
  const gym = frozen ?? live;
  const { sheets, replaced, ignoresIds, batches } = state;
  const written = useMemo(() => writtenIn(batches), [batches]);
  const found = useMemo(
    () => review(sheets, { gym, written, replaced, ignoresIds, languages }),
    [sheets, gym, written, replaced, ignoresIds, languages],
  );
  const all = useMemo(() => Array.from(found.drafts.values()).flat(), [found]);
  const byKey = useMemo(() => new Map(all.map((row) => [row.key, row])), [all]);
  const drafts = useMemo(
    () =>
      new Map(
        Array.from(found.drafts, ([key, rows]) => [
          key,
          rows.map((row) => judged(row, checked, byKey)),
        ]),
      ),
    [found, checked, byKey],
  );

  const writing = useWriting({
    server,
    onEnd: (done, refused) => {
      checker.add(refused, all);
      dispatch({ type: "written", batches: done });
      setFrozen(null);
    },
  });
  const isWriting = writing.progress !== null;
  const { status } = useConnection();
  useEffect(() => {
    if (isWriting || status !== "live") return undefined;
    checker.request(all, gym);
    return () => checker.stop();
  }, [checker, all, gym, isWriting, status]);

  const ready = useMemo(() => Array.from(drafts.values()).flat().filter(isReady).length, [drafts]);
  const unchecked = useMemo(() => all.filter((row) => isOpen(row, checked)).length, [all, checked]);
  const refused = useMemo(
    () =>
      Array.from(drafts.values())
        .flat()
        .filter((row) => row.status === "wrong" && byKey.get(row.key)?.status !== "wrong").length,
    [drafts, byKey],
  );
  const start = () => {
    setFrozen(gym);
    const inOrder = sheets.toSorted(
      (one, other) => order.indexOf(one.columns.channel) - order.indexOf(other.columns.channel),
    );
    void writing.start(groupsOf(inOrder, drafts), written);
  };
  return {
    ...state,
    gym,
    drafts,
    missing: found.missing,
    isForeign: found.isForeign && !ignoresIds,
    dispatch,
    server,
    writing: { ...writing, start },
    /** How many rows would be written, how many of them the server has to look at, and why it does not;
     * how many it refused. */
    ready,
    unchecked,
    trouble: checked.trouble,
    isLive: status === "live",
    refused,
    /** Whether all that was written is taken back. */
    isUndone: batches.length === 0 && (writing.ending?.done ?? 0) > 0,
    checkAgain: () => {
      checker.forget();
      checker.request(all, gym);
    },
  };
}

export type Import = ReturnType<typeof useImport>;
