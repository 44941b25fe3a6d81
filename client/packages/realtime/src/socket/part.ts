/** A part of a channel that somebody looks at, as `Parts` feeds it. */
import { canonical } from "../base/canonical.js";
import type { Ack, Change, Cursor, SyncAnswer } from "../protocol/messages.js";
import type { AnyRecord, Channel, Protocol } from "../protocol/protocol.js";
import { predicate } from "../state/where.js";
import type { Predicate } from "../state/where.js";

export abstract class Part {
  readonly channel: Channel;
  readonly where: object;
  /** Names the channel and the filter. */
  readonly key: string;
  /** Whether the filter is true of a record, as it is understood here. */
  readonly matches: Predicate;
  /** Up to where it is complete; null as long as it knows nothing. */
  cursor: Cursor | null = null;
  /** How many answers it waits for: what comes meanwhile is in them. */
  asking = 0;
  /** Whether the server put a record into it that the filter is not true of: the server alone knows what is in it. */
  opaque = false;

  constructor(channel: Channel, where: object, protocol: Protocol) {
    this.channel = channel;
    this.where = where;
    this.key = partKey(channel, where);
    this.matches = predicate(where, protocol.sortKeys?.[channel]);
  }

  /** Asks for what it lacks; called at each connect, and when something was missed. */
  abstract begin(): unknown;

  abstract take(answer: SyncAnswer): void;

  /** Takes what changed in it: a `del` is of what is not in it any more, or never was. */
  abstract change(changes: readonly Change[], cursor: Cursor): void;

  abstract refuse(ack: Ack): void;

  /** Forgets everything: this page belongs to somebody else now. */
  abstract clear(): void;

  /** Takes notice of records that the server has put into it. */
  protected judge(records: readonly AnyRecord[]): void {
    this.opaque ||= !records.every(this.matches);
  }
}

export function partKey(channel: Channel, where: object): string {
  return `${channel} ${canonical(where)}`;
}
