/** The hooks that read records: a channel, a part of one, pages, one record, and who changed them. */
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { canonical } from "../base/canonical.js";
import type { Shown, ShownTable } from "../outbox/overlay.js";
import type { Errors } from "../protocol/messages.js";
import type { AnyRecord, Channel, RecordOf } from "../protocol/protocol.js";
import type { ListQuery, Where } from "../protocol/where.js";
import type { HistoryQuery, HistoryState } from "../queries/history.js";
import type { ListState } from "../queries/list-view.js";
import type { Records } from "../queries/queries.js";
import { compareIds } from "../state/order.js";
import { useObservable, useRealtime } from "./hooks.js";

/** What is not asked for. */
const none: Records = { get: () => undefined, subscribe: () => () => {} };
const noErrors = () => null;
const keepsSilent = () => () => {};

/** A channel's records by id, with one's own unconfirmed edits; undefined while loading. */
export function useChannel<C extends Channel>(channel: C): RecordOf<C>[] | undefined {
  return useSubscription(channel).records;
}

export interface Subscribed<R> {
  /** By id, with one's own unconfirmed edits; undefined while loading. */
  readonly records: R[] | undefined;
  /** Why the server does not tell them; null if it does. */
  readonly error: Errors | null;
}

/** The records of a channel that a filter is true of, live; with `false` none are asked for. */
export function useSubscription<C extends Channel>(
  channel: C,
  where: Where<RecordOf<C>> | false = {},
): Subscribed<RecordOf<C>> {
  const { queries } = useRealtime();
  const key = canonical(where);
  const found = useMemo(() => {
    const asked = JSON.parse(key) as object | false;
    return asked ? queries.records(channel, asked) : none;
  }, [queries, channel, key]);
  const table = useObservable(found);
  const error = useSyncExternalStore(
    found.error?.subscribe ?? keepsSilent,
    found.error?.get ?? noErrors,
  );
  const records = useMemo(() => table && (sorted(table) as RecordOf<C>[]), [table]);
  return { records, error };
}

function sorted(table: ShownTable): AnyRecord[] {
  return Array.from(table.values(), ({ record }) => record).toSorted((a, b) =>
    compareIds(a.id, b.id),
  );
}

/** One record's entry; re-renders only when that record changes. Undefined if it is not there. */
export function useRecord<C extends Channel>(
  channel: C,
  id: number | null | undefined,
): Shown<RecordOf<C>> | undefined {
  const { queries } = useRealtime();
  const found = useMemo(
    () => (id == null ? none : queries.record(channel, id)),
    [queries, channel, id],
  );
  const get = useCallback(() => (id == null ? undefined : found.get()?.get(id)), [found, id]);
  return useSyncExternalStore(found.subscribe, get) as Shown<RecordOf<C>> | undefined;
}

/** Whether the server has sent the channel. */
export function useLoaded(channel: Channel): boolean {
  const { queries } = useRealtime();
  const found = useMemo(() => queries.records(channel), [queries, channel]);
  const get = useCallback(() => found.get() !== undefined, [found]);
  return useSyncExternalStore(found.subscribe, get);
}

export interface Listed<R> extends ListState<R> {
  /** Shows the next page. */
  readonly fetchMore: () => void;
  /** Asks for what is shown again. */
  readonly refetch: () => void;
}

/** Pages of the records that a filter is true of, in an order, live, with one's own unconfirmed edits. */
export function useList<C extends Channel>(
  channel: C,
  query: ListQuery<RecordOf<C>> = {},
): Listed<RecordOf<C>> {
  const { queries } = useRealtime();
  const key = canonical(query);
  const list = useMemo(
    () => queries.list(channel, JSON.parse(key) as object),
    [queries, channel, key],
  );
  const state = useObservable(list) as ListState<RecordOf<C>>;
  const { fetchMore, refetch } = list;
  return useMemo(() => ({ ...state, fetchMore, refetch }), [state, fetchMore, refetch]);
}

/** Who changed what, newest first: of one record, of a channel, or of everything. */
export function useHistory(query: HistoryQuery = {}): HistoryState & { fetchMore: () => void } {
  const { queries } = useRealtime();
  const key = canonical(query);
  const history = useMemo(() => queries.history(JSON.parse(key) as HistoryQuery), [queries, key]);
  const state = useObservable(history);
  return useMemo(() => ({ ...state, fetchMore: history.fetchMore }), [state, history]);
}
