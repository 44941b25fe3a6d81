/** The envelopes around records. They are the same whatever the records are. */
import type { AnyRecord, Channel, RecordOf } from "./protocol.js";

/** A place in the server's journal. */
export interface Cursor {
  epoch: string;
  seq: number;
}

export interface Change {
  channel: Channel;
  type: "put" | "del";
  id: number;
  rev: number;
  record: AnyRecord | null;
  op?: string | null;
  actor?: Actor;
}

/** Who did something: a display name, or null for someone who had not signed in. */
export type Actor = string | null;

/** A field whose records show copies of another channel's, by these fields; `many` if it is a list. */
export interface Embed {
  channel: Channel;
  fields: readonly string[];
  many?: true;
}

/** By channel and field: which records follow others by rule, without a change of their own. */
export type Embeds = { readonly [C in Channel]?: Readonly<Record<string, Embed>> };

export interface ChangesEvent extends Cursor {
  prev: number;
  changes: Change[];
}

export interface Versioned<R> {
  rev: number | null;
  record: R;
}

export type SyncAnswer =
  | ({ mode: "current" } & Cursor)
  | ({ mode: "delta"; changes: Change[] } & Cursor)
  | ({ mode: "snapshot"; snapshot: { [C in Channel]?: Versioned<RecordOf<C>>[] } } & Cursor);

/** What `list_*` answers with. */
export interface Page {
  records: AnyRecord[];
  /** Where the next one begins; null if there is none. */
  next: string | null;
  /** Whoever is told what happens from then on misses nothing. */
  seq: number;
  count?: number;
  revs?: (number | null)[];
}

/** Who changed what, as `history` tells it. */
export interface HistoryEntry {
  seq: number;
  /** In milliseconds since 1970. */
  at: number;
  actor: Actor;
  type: "put" | "del";
  /** The request that did it. */
  event?: string;
  channel?: Channel;
  id?: number;
  /** What a person calls the record. */
  label?: string;
  /** What each field was and became. */
  changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** Messages by field; nested fields nest; `errors` is one line for a person. */
export interface Errors {
  [field: string]: string | string[] | Errors;
}

export type Code =
  | "invalid"
  | "not_found"
  | "conflict"
  | "in_use"
  | "unauthorized"
  | "forbidden"
  | "rate_limited"
  | "unknown_event"
  | "op_reused"
  | "too_large"
  | "unavailable"
  | "internal"
  /** Given by this client when a request got no answer. */
  | "offline"
  /** Given by this client when a write-only value of an edit was in the memory of a page that is gone. */
  | "withheld";

export interface Meta {
  seq?: number;
  rev?: number;
  /** With several records: the rev of each. */
  revs?: (number | null)[];
  code?: Code;
  replayed?: boolean;
  warnings?: string[];
  /** With `conflict`: what is there now, who wrote it, and the fields in question. */
  current?: AnyRecord;
  fields?: string[];
  actor?: Actor;
  /** With `rate_limited`: seconds. */
  retry_after?: number;
}

export interface Ack<D = unknown> {
  ok: boolean;
  data: D | null;
  errors: Errors;
  meta?: Meta;
}

export interface User {
  id: number | null;
  name: string;
  picture: string;
  username: string;
  role: string;
}

/** The first event of every connection. */
export interface Connected {
  data: string;
  sid?: string;
  access?: "open" | "public-read" | "required";
  user?: User | null;
  timezone?: string;
  embeds?: Embeds;
}

/** What was wrong with which write of a batch, by its place: as the errors of that write alone. */
export function writeErrors({ writes }: Errors): ReadonlyMap<number, Errors> {
  const found = typeof writes === "object" && !Array.isArray(writes) ? writes : {};
  return new Map(Object.entries(found).map(([place, errors]) => [Number(place), errors as Errors]));
}

/** The line of a failed ack that is meant for a person. */
export function reason(errors: Errors): string {
  return typeof errors["errors"] === "string" ? errors["errors"] : "The server refused this.";
}
