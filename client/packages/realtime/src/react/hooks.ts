/** The library for React: components read records by these hooks and nothing else. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import type { ProviderProps, ReactNode } from "react";
import type { Watchable } from "../base/derived.js";
import type { Op } from "../outbox/op.js";
import type { Edit, Outcome, PendingBatch } from "../outbox/outbox.js";
import { whileVisible } from "../presence/page-visibility.js";
import type { Present } from "../presence/presence.js";
import type { Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";
import type { ConnectionState, Session } from "../socket/connection-state.js";
import type { RemoteChange } from "../state/remote-changes.js";

const Context = createContext<Realtime | null>(null);

/** Whatever its records are: the hooks say it. */
export const RealtimeProvider = Context.Provider as unknown as <C>(
  props: ProviderProps<Realtime<C>>,
) => ReactNode;

export function useRealtime(): Realtime {
  const realtime = useContext(Context);
  if (!realtime) throw new Error("Put a RealtimeProvider around what uses realtime hooks.");
  return realtime;
}

export function useObservable<T>(observable: Watchable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get);
}

/** Makes an edit, or with `batch` several that are one; `check` says what they would do, without doing it. */
export interface Mutate {
  (edit: Edit): Promise<Outcome>;
  batch: (edits: readonly Edit[]) => PendingBatch["outcome"];
  check: Realtime["check"];
}

export function useMutate(): Mutate {
  const realtime = useRealtime();
  return useMemo(
    () =>
      Object.assign((edit: Edit) => realtime.mutate(edit), {
        batch: (edits: readonly Edit[]) => realtime.batch(edits).outcome,
        check: realtime.check.bind(realtime) as Realtime["check"],
      }),
    [realtime],
  );
}

export function useConnection(): ConnectionState {
  return useObservable(useRealtime().connection.status);
}

/** Who this connection belongs to; null before the first connection. */
export function useSession(): Session | null {
  return useObservable(useRealtime().connection.session);
}

/** Whose page this is: the username of who is signed in, or was last; null for nobody. */
export function useAccount(): string | null {
  return useObservable(useRealtime().connection.account);
}

/** Edits of this account that are not confirmed or need a decision. */
export function useOps(): readonly Op[] {
  return useObservable(useRealtime().outbox.ops);
}

/** Everybody who is here, this client included; empty where the server does not say. */
export function usePresence(): readonly Present[] {
  return useObservable(useRealtime().presence.users);
}

/** The names of others who edit the record; draws again only when these change. */
export function useEditors(channel: Channel, id: number): readonly string[] {
  const { presence } = useRealtime();
  const get = useCallback(() => presence.editorsOf(channel, id), [presence, channel, id]);
  return useSyncExternalStore(presence.editors.subscribe, get);
}

/** Tells the others that we edit the record, for as long as what calls this is shown and seen. */
export function useEditing(channel: Channel, id: number): void {
  const { presence } = useRealtime();
  useEffect(() => whileVisible(() => presence.edit(channel, id)), [presence, channel, id]);
}

/** Who else changed or deleted the record lately. */
export function useRemoteChange(channel: Channel, id: number): RemoteChange | undefined {
  const { remoteChanges } = useRealtime();
  const get = useCallback(() => remoteChanges.of(channel, id), [remoteChanges, channel, id]);
  return useSyncExternalStore(remoteChanges.all.subscribe, get);
}
