/** Changes of the tables that are made as one, and the copies that follow from them. */
import { equal } from "../base/equal.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";
import { isSameCopy, hasCopyOf, withCopies } from "./embeds.js";
import type { EmbedRule } from "./embeds.js";
import type { Entry, Table, Tables } from "./store.js";

/** The records that were put, or followed, by id: as they were before, undefined where there were none. */
type Written = Map<number, AnyRecord | undefined>;

export class Patch {
  readonly #before: Tables;
  readonly #after = new Map<Channel, Map<number, Entry>>();
  readonly #written = new Map<Channel, Written>();

  constructor(tables: Tables) {
    this.#before = tables;
  }

  get tables(): Tables {
    // Records of a channel that is too large to be kept come for the sake of their copies.
    const own = Array.from(this.#after).filter(([channel]) => channel in this.#before);
    return { ...this.#before, ...Object.fromEntries(own) } as Tables;
  }

  put(channel: Channel, id: number, entry: Entry): void {
    const before = this.#table(channel).get(id);
    const written = this.#written.get(channel) ?? (new Map() as Written);
    if (!written.has(id)) written.set(id, before?.record);
    this.#written.set(channel, written);
    this.#change(channel).set(id, kept(before, entry));
  }

  delete(channel: Channel, id: number): void {
    this.#change(channel).delete(id);
  }

  /**
   * Lets the copies by this rule be as the records copied are now: in those that were put, since what
   * is copied may have come with them, and in all that show what is another one than before.
   */
  follow(rule: EmbedRule): void {
    const found = this.#table(rule.channel);
    const put = this.#written.get(rule.owner);
    const others = new Set<number>();
    for (const [id, before] of this.#written.get(rule.channel) ?? []) {
      const now = found.get(id)?.record;
      if (now && !(before && isSameCopy(rule, before, now))) others.add(id);
    }
    const table = this.#table(rule.owner);
    const ids = others.size > 0 ? table.keys() : (put?.keys() ?? []);
    for (const id of Array.from(ids)) {
      const entry = table.get(id);
      if (!entry || !(put?.has(id) || hasCopyOf(rule, entry.record, others))) continue;
      const record = withCopies(rule, entry.record, (copied) => found.get(copied)?.record);
      if (record !== entry.record) this.put(rule.owner, id, { rev: entry.rev, record });
    }
  }

  #table(channel: Channel): Table {
    return this.#after.get(channel) ?? (this.#before[channel] as Table | undefined) ?? new Map();
  }

  #change(channel: Channel): Map<number, Entry> {
    const table = this.#after.get(channel) ?? new Map(this.#table(channel));
    this.#after.set(channel, table);
    return table;
  }
}

/** The entry, with the identity of what was there before if nothing changes. */
export function kept(before: Entry | undefined, after: Entry): Entry {
  if (before === undefined || !equal(before.record, after.record)) return after;
  return before.rev === after.rev ? before : { rev: after.rev, record: before.record };
}
