/** What TanStack DB's transactions write, as edits: several are one batch, all of them or none. */
import { confirmed } from "../adapters/confirmed.js";
import type { Edit } from "../outbox/outbox.js";
import type { Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";

export interface Mutation {
  readonly type: "insert" | "update" | "delete";
  readonly key: string | number;
  readonly modified: object;
  readonly changes: object;
}

export interface Transaction {
  readonly transaction: { readonly mutations: readonly Mutation[] };
}

const KINDS = { insert: "new", update: "update", delete: "delete" } as const;

/** Resolves once the server has done it and the collection has it; throws `Refused`, which takes back what is shown. */
export async function write(
  realtime: Realtime,
  channel: Channel,
  { transaction }: Transaction,
): Promise<void> {
  await confirmed(
    realtime,
    transaction.mutations.map((mutation) => editOf(channel, mutation)),
  );
}

function editOf(channel: Channel, { type, key, modified, changes }: Mutation): Edit {
  const kind = KINDS[type];
  if (type === "delete") return { channel, kind, id: Number(key) };
  // The server gives ids: that of a new record is one of this page.
  const { id: _, ...data } = (type === "insert" ? modified : changes) as Record<string, unknown>;
  return type === "insert" ? { channel, kind, data } : { channel, kind, data, id: Number(key) };
}
