/** The hooks for records that are not declared once for all: typed by a parameter. */
import type { Shown } from "../outbox/overlay.js";
import type { Edit, Outcome } from "../outbox/outbox.js";
import type { ChannelOf } from "../protocol/protocol.js";
import type { ListQuery, Where } from "../protocol/where.js";
import type { HistoryQuery, HistoryState } from "../queries/history.js";
import type { Realtime } from "../realtime.js";
import type { RemoteChange } from "../state/remote-changes.js";
import { useEditing, useEditors, useMutate, useRealtime, useRemoteChange } from "./hooks.js";
import {
  useChannel,
  useHistory,
  useList,
  useLoaded,
  useRecord,
  useSubscription,
} from "./queries.js";
import type { Listed, Subscribed } from "./queries.js";

/** Each is the hook of this name. */
export interface Hooks<C> {
  useRealtime(): Realtime<C>;
  useChannel<K extends ChannelOf<C>>(channel: K): C[K][] | undefined;
  useSubscription<K extends ChannelOf<C>>(
    channel: K,
    where?: Where<C[K]> | false,
  ): Subscribed<C[K]>;
  useList<K extends ChannelOf<C>>(channel: K, query?: ListQuery<C[K]>): Listed<C[K]>;
  useRecord<K extends ChannelOf<C>>(
    channel: K,
    id: number | null | undefined,
  ): Shown<C[K]> | undefined;
  useLoaded(channel: ChannelOf<C>): boolean;
  useHistory(query?: HistoryQuery): HistoryState & { fetchMore: () => void };
  useMutate(): ((edit: Edit<C>) => Promise<Outcome<C[ChannelOf<C>]>>) & {
    batch: (edits: readonly Edit<C>[]) => ReturnType<Realtime<C>["batch"]>["outcome"];
    check: Realtime<C>["check"];
  };
  useEditors(channel: ChannelOf<C>, id: number): readonly string[];
  useEditing(channel: ChannelOf<C>, id: number): void;
  useRemoteChange(channel: ChannelOf<C>, id: number): RemoteChange | undefined;
}

const hooks = {
  useRealtime,
  useChannel,
  useSubscription,
  useList,
  useRecord,
  useLoaded,
  useHistory,
  useMutate,
  useEditors,
  useEditing,
  useRemoteChange,
};

/** The same hooks, typed by these records: `export const { useList, useMutate } = createHooks<Channels>()`. */
export function createHooks<C>(): Hooks<C> {
  return hooks as unknown as Hooks<C>;
}
