/** The library for React: components read records by these hooks and nothing else. */
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import type { Realtime } from "./client";
import type { Mark } from "./marks";
import { markKey } from "./marks";
import type { Edit, Outcome } from "./mutate";
import type { Observable } from "./observable";
import type { Op, Shown } from "./op";
import type { ConnectionState, Session } from "./socket";
import type { Channel, RecordOf } from "./wire";

const Context = createContext<Realtime | null>(null);

export const RealtimeProvider = Context.Provider;

export function useRealtime(): Realtime {
  const realtime = useContext(Context);
  if (!realtime) throw new Error("Put a RealtimeProvider around what uses realtime hooks.");
  return realtime;
}

export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get);
}

/** A channel's records by id, with one's own unconfirmed edits; undefined while loading. */
export function useChannel<C extends Channel>(channel: C): RecordOf<C>[] | undefined {
  const table = useObservable(useRealtime().table(channel));
  return useMemo(
    () =>
      table &&
      (Array.from(table.values(), (entry) => entry.record) as RecordOf<C>[]).toSorted((a, b) =>
        byId(a.id, b.id),
      ),
    [table],
  );
}

/** Provisional ids are negative and belong to the newest records, so they go last. */
function byId(a: number, b: number): number {
  return a < 0 !== b < 0 ? b - a : Math.abs(a) - Math.abs(b);
}

/** One record's entry; re-renders only when that record changes. Undefined if it is not there. */
export function useRecord<C extends Channel>(
  channel: C,
  id: number | null | undefined,
): Shown<RecordOf<C>> | undefined {
  const table = useRealtime().table(channel);
  const get = useCallback(() => (id == null ? undefined : table.get()?.get(id)), [table, id]);
  return useSyncExternalStore(table.subscribe, get) as Shown<RecordOf<C>> | undefined;
}

/** Whether the server has sent the channel. */
export function useLoaded(channel: Channel): boolean {
  const table = useRealtime().table(channel);
  const get = useCallback(() => table.get() !== undefined, [table]);
  return useSyncExternalStore(table.subscribe, get);
}

export function useMutate(): (edit: Edit) => Promise<Outcome> {
  const realtime = useRealtime();
  return useCallback((edit) => realtime.mutate(edit), [realtime]);
}

export function useConnection(): ConnectionState {
  return useObservable(useRealtime().connection.status);
}

/** Who this connection belongs to; null before the first connection. */
export function useSession(): Session | null {
  return useObservable(useRealtime().connection.session);
}

/** Edits that are not confirmed or need a decision. */
export function useOps(): readonly Op[] {
  return useObservable(useRealtime().outbox.ops);
}

/** The names of others who have the record open for editing. */
export function useEditors(channel: Channel, id: number): string[] {
  const users = useObservable(useRealtime().presence.users);
  const own = useSession()?.sid;
  return users
    .filter(({ sid, editing }) => sid !== own && editing?.channel === channel && editing.id === id)
    .map(({ name }) => name);
}

/** Who else changed or deleted the record lately. */
export function useMark(channel: Channel, id: number): Mark | undefined {
  const { all } = useRealtime().marks;
  const get = useCallback(() => all.get().get(markKey(channel, id)), [all, channel, id]);
  return useSyncExternalStore(all.subscribe, get);
}
