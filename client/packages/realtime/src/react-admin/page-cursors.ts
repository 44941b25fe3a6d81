/** Where pages begin, of channels that are read from the start: a page of another number is found from the nearest known. */
import { canonical } from "../base/canonical.js";

export class PageCursors {
  readonly #known = new Map<string, Map<number, string>>();

  /** The last known place that is not after this many records of a query. */
  before(channel: string, query: object, count: number): { count: number; after: string | null } {
    let found: { count: number; after: string | null } = { count: 0, after: null };
    for (const [known, after] of this.#of(channel, query)) {
      if (known <= count && known > found.count) found = { count: known, after };
    }
    return found;
  }

  add(channel: string, query: object, count: number, after: string): void {
    this.#of(channel, query).set(count, after);
  }

  /** To be called when something of the channel changed, or may have: places count records that may be others now. */
  forget(channel: string): void {
    for (const key of this.#known.keys()) {
      if (key.startsWith(`${channel} `)) this.#known.delete(key);
    }
  }

  #of(channel: string, query: object): Map<number, string> {
    const key = `${channel} ${canonical(query)}`;
    const known = this.#known.get(key) ?? new Map<number, string>();
    this.#known.set(key, known);
    return known;
  }
}
