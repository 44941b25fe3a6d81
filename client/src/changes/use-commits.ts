import { useHistory } from "@spotter/realtime/react";
import type { Channel, Errors, HistoryEntry } from "@spotter/realtime";
import { useEffect, useMemo, useState } from "react";
import { undosOf } from "../ui/record/undone";
import { actorsOf, commitsOf, fits, goneIn, isBefore } from "./commits";
import type { Commit, Filter } from "./commits";

const PAGE = 200;
/** So many that fit are looked for before somebody asks for more. */
const ENOUGH = 40;
/** After so many that were looked through for them, somebody has to ask. */
const PAGES = 10;

export interface Query extends Filter {
  /** Of one channel, and of one record of it. */
  channel?: Channel;
  id?: number;
}

export interface Commits {
  /** Those that fit, newest first; undefined until the first come. */
  commits: readonly Commit[] | undefined;
  actors: readonly string[];
  /** The undo of each commit that was undone, by the commit's `seq`. */
  undos: ReadonlyMap<number, HistoryEntry>;
  /** The records that are not there any more. */
  gone: ReadonlySet<string>;
  loading: boolean;
  error: Errors | null;
  /** Looks further back; undefined when there is nothing more to find. */
  further: (() => void) | undefined;
}

/** What was changed and fits: the server knows of what, and this page of whom and when. */
export function useCommits({ channel, id, who, day }: Query): Commits {
  const { entries, hasMore, loading, error, fetchMore } = useHistory({
    ...(channel && { channel }),
    ...(id !== undefined && { id }),
    limit: PAGE,
  });
  const [asked, setAsked] = useState(1);
  const all = useMemo(() => entries && commitsOf(entries), [entries]);
  const commits = useMemo(
    () => all?.filter((commit) => fits(commit, { who, day })),
    [all, who, day],
  );
  const oldest = all?.at(-1);
  const isOver = !hasMore || (oldest !== undefined && isBefore(oldest, { who, day }));
  const looks = !isOver && (commits?.length ?? 0) < asked * ENOUGH;
  const mayLook = (entries?.length ?? 0) < asked * PAGES * PAGE;
  useEffect(() => {
    if (looks && mayLook && !loading && error === null) fetchMore();
  }, [looks, mayLook, loading, error, fetchMore]);
  const further = () => {
    setAsked((before) => before + 1);
    fetchMore();
  };
  return {
    commits,
    actors: useMemo(() => actorsOf(all ?? []), [all]),
    undos: useMemo(() => undosOf(entries ?? []), [entries]),
    gone: useMemo(() => goneIn(entries ?? []), [entries]),
    loading,
    error,
    further: isOver ? undefined : further,
  };
}
