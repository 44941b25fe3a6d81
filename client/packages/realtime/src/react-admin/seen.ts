/** The revisions of records that forms may start from, so that the server finds out what changed since. */
import { equal } from "../base/equal.js";
import type { AnyRecord } from "../protocol/protocol.js";

/** As many records as all open pages of an admin may show. */
const KEPT = 5_000;

interface Version {
  readonly record: AnyRecord;
  readonly rev: number;
}

export class Seen {
  readonly #versions = new Map<string, readonly Version[]>();

  add(channel: string, record: AnyRecord, rev: number | null): void {
    if (rev === null) return;
    const key = `${channel} ${record.id}`;
    const others = this.#versions.get(key)?.filter((version) => version.rev !== rev) ?? [];
    // What was seen last is forgotten last.
    this.#versions.delete(key);
    this.#versions.set(key, [{ record, rev }, ...others].slice(0, 10));
    const [oldest] = this.#versions.keys();
    if (this.#versions.size > KEPT && oldest !== undefined) this.#versions.delete(oldest);
  }

  /** The revision of a record that somebody was shown; null if it is not known any more. */
  revOf(channel: string, record: AnyRecord): number | null {
    const versions = this.#versions.get(`${channel} ${record.id}`) ?? [];
    return versions.find((version) => equal(version.record, record))?.rev ?? null;
  }
}
