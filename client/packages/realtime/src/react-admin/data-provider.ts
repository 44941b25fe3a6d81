/** A data provider for ra-core: reads live records, and writes so that nothing is lost or done twice. */
import { confirmed, Refused } from "../adapters/confirmed.js";
import { equal } from "../base/equal.js";
import type { Edit } from "../outbox/outbox.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";
import { errorOf, RealtimeError } from "./errors.js";
import { orderOf, whereOf } from "./query.js";
import type { SearchFields, Sort } from "./query.js";
import { Reader } from "./reader.js";
import { Topics } from "./topics.js";
import type { TopicListener } from "./topics.js";

type Identifier = string | number;
type Fields = Readonly<Record<string, unknown>>;

interface ListParams {
  readonly pagination?: { readonly page: number; readonly perPage: number };
  readonly sort?: Sort;
  readonly filter?: Fields;
}

interface List<R> {
  data: R[];
  total: number;
}

export interface DataProviderOptions {
  /** What the filter `q`, of a search box, looks into, by resource: `{coaches: ["name"]}`. */
  readonly search?: SearchFields;
}

export type RealtimeDataProvider = ReturnType<typeof createDataProvider>;

/**
 * A resource is a channel. Reads wait for a connection; writes resolve once the server has done them, however long there is
 * none until then. An update says what it started from: edits of different fields merge, others are a conflict (409).
 */
export function createDataProvider<C>(of: Realtime<C>, { search = {} }: DataProviderOptions = {}) {
  const realtime = of as unknown as Realtime;
  const reader = new Reader(realtime);
  const topics = new Topics(realtime);
  realtime.queries.watch((changes) => {
    for (const { channel } of changes) reader.cursors.forget(channel);
  });

  async function getList<R>(resource: string, params: ListParams): Promise<List<R>> {
    const { page, perPage } = params.pagination ?? { page: 1, perPage: 100 };
    // Who begins anew sees what there is now; later pages go on from there.
    if (page === 1) reader.cursors.forget(resource);
    const query = { where: whereOf(params.filter, search[resource]), order: orderOf(params.sort) };
    const from = (page - 1) * perPage;
    return (await failing(reader.list(resource as Channel, query, from, perPage))) as List<R>;
  }

  async function write(edits: readonly Edit[]): Promise<unknown> {
    reader.cursors.forget(edits[0]?.channel ?? "");
    return (await failing(confirmed(realtime, edits))).data;
  }

  return {
    getList,

    getManyReference: <R>(
      resource: string,
      params: ListParams & { readonly target: string; readonly id: Identifier },
    ): Promise<List<R>> => {
      const field = params.target.replace(/[._]id$/, "");
      return getList<R>(resource, { ...params, filter: { ...params.filter, [field]: params.id } });
    },

    getOne: async <R>(
      resource: string,
      { id }: { readonly id: Identifier },
    ): Promise<{ data: R }> => {
      const found = await failing(reader.one(resource as Channel, Number(id)));
      if (!found) throw new RealtimeError("There is no such record.", 404);
      return { data: found as R };
    },

    getMany: async <R>(
      resource: string,
      { ids }: { readonly ids: readonly Identifier[] },
    ): Promise<{ data: R[] }> => ({
      data: (await failing(reader.many(resource as Channel, ids.map(Number)))) as R[],
    }),

    create: async <R>(
      resource: string,
      { data }: { readonly data: object },
    ): Promise<{ data: R }> => ({
      data: (await write([editOf(resource, "new", undefined, data)])) as R,
    }),

    update: async <R>(
      resource: string,
      params: { readonly id: Identifier; readonly data: object; readonly previousData?: object },
    ): Promise<{ data: R }> => {
      const previous = params.previousData as (Fields & AnyRecord) | undefined;
      const data = changedIn(params.data as Fields, previous);
      if (previous && Object.keys(data).length === 0) return { data: previous as R };
      const rev = previous ? reader.seen.revOf(resource, previous) : null;
      const edit = editOf(resource, "update", params.id, data);
      return {
        data: (await write([previous ? { ...edit, from: { record: previous, rev } } : edit])) as R,
      };
    },

    updateMany: async (
      resource: string,
      { ids, data }: { readonly ids: readonly Identifier[]; readonly data: object },
    ): Promise<{ data: Identifier[] }> => {
      if (ids.length > 0) await write(ids.map((id) => editOf(resource, "update", id, data)));
      return { data: [...ids] };
    },

    delete: async <R>(
      resource: string,
      { id }: { readonly id: Identifier },
    ): Promise<{ data: R }> => ({
      data: (await write([editOf(resource, "delete", id)])) as R,
    }),

    deleteMany: async (
      resource: string,
      { ids }: { readonly ids: readonly Identifier[] },
    ): Promise<{ data: Identifier[] }> => {
      if (ids.length > 0) await write(ids.map((id) => editOf(resource, "delete", id)));
      return { data: [...ids] };
    },

    /** Calls back when something of the topic `resource/<resource>`, or `resource/<resource>/<id>`, changes. */
    subscribe: async (topic: string, listener: TopicListener): Promise<{ data: null }> => {
      topics.subscribe(topic, listener);
      return { data: null };
    },

    unsubscribe: async (topic: string, listener: TopicListener): Promise<{ data: null }> => {
      topics.unsubscribe(topic, listener);
      return { data: null };
    },
  };
}

function editOf(resource: string, kind: Edit["kind"], id?: Identifier, fields?: object): Edit {
  const { id: _, ...data } = (fields ?? {}) as Fields;
  return { channel: resource as Channel, kind, data, ...(id !== undefined && { id: Number(id) }) };
}

function changedIn(data: Fields, previous: Fields | undefined): Fields {
  if (!previous) return data;
  return Object.fromEntries(
    Object.entries(data).filter(
      ([field, value]) => field !== "id" && value !== undefined && !equal(value, previous[field]),
    ),
  );
}

/** Errors as react-admin understands them. */
async function failing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Refused ? errorOf(error) : error;
  }
}
