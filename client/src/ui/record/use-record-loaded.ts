import { useRealtime } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { isBig } from "../../served";

const nothingToLoad = { get: () => null, subscribe: () => () => {} };

/** Whether the server has said if a record is there. Of a big channel nothing else is asked for. */
export function useRecordLoaded(channel: Channel, id: number | null): boolean {
  const { queries } = useRealtime();
  const found = useMemo(() => {
    if (!isBig(channel)) return queries.records(channel);
    return id === null ? nothingToLoad : queries.record(channel, id);
  }, [queries, channel, id]);
  const get = useCallback(() => found.get() !== undefined, [found]);
  return useSyncExternalStore(found.subscribe, get);
}
