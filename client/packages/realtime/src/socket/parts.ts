/**
 * The parts of channels that this page looks at: it subscribes to them, tells what comes in `changes` from what is
 * known, and which of them it concerns.
 */
import { Observable } from "../base/observable.js";
import type { Ack, Change, ChangesEvent, Cursor, SyncAnswer } from "../protocol/messages.js";
import { mayRead } from "./connection-state.js";
import type { Connection } from "./connection.js";
import type { Part } from "./part.js";

const RETRY_DELAY = 2;

export class Parts {
  /** Up to where all parts are complete; null if there are none, or none is known yet. */
  readonly cursor = new Observable<Cursor | null>(null);
  /** The history that the server's numbers belong to now. */
  epoch: string | null = null;
  /** Called with the changes of parts, after they have taken them. */
  onApplied: (changes: readonly Change[]) => void = () => {};
  readonly #connection: Connection;
  readonly #parts = new Set<Part>();
  /** Those that the server was asked to end, by their key: it may have sent more of them before. */
  readonly #leaving = new Map<string, Part>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.account.subscribe(() => this.#clear());
    connection.on<{ epoch?: string }>("connected", ({ epoch = null }) => {
      this.epoch = epoch;
      this.#leaving.clear();
      this.#restart();
    });
    connection.on("session", () => this.#restart());
    connection.on<ChangesEvent>("changes", (event) => this.#onChanges(event));
  }

  add(part: Part): void {
    this.#parts.add(part);
    this.#leaving.delete(part.key);
    if (this.#isReadable()) part.begin();
  }

  remove(part: Part): void {
    if (!this.#parts.delete(part)) return;
    if (this.#parts.size === 0) this.cursor.set(null);
    const { channel, where, key } = part;
    const isLast = Array.from(this.#parts).every((other) => other.key !== key);
    if (!isLast || this.#connection.status.get().status !== "live") return;
    this.#leaving.set(key, part);
    void this.#connection.request("unsubscribe", { channel, where }, {}).then(() => {
      if (this.#leaving.get(key) === part) this.#leaving.delete(key);
    });
  }

  /** Asks for what happened in a part since a cursor, or for all of it, and to be told what happens from then on. */
  async subscribe(part: Part, cursor: Cursor | null): Promise<void> {
    const { channel, where } = part;
    part.asking += 1;
    const question = { channel, where, ...cursor };
    // What comes after the answer is not in it.
    const onAck = (ack: Ack<SyncAnswer>) => this.#onAnswer(part, ack);
    await this.#connection.ask("subscribe", [question, {}], onAck);
  }

  #onAnswer(part: Part, ack: Ack<SyncAnswer>): void {
    part.asking -= 1;
    if (!this.#parts.has(part)) return;
    if (ack.ok && ack.data) {
      const { epoch, seq } = ack.data;
      part.take(ack.data);
      this.epoch = epoch;
      part.cursor = { epoch, seq };
      this.cursor.set(part.cursor);
      return;
    }
    switch (ack.meta?.code) {
      case "offline":
      case "unauthorized":
        // It begins again with the connection, or with who signs in.
        return;
      case "rate_limited":
      case "unavailable":
        this.retry(part, ack.meta.retry_after);
        return;
      default:
        part.refuse(ack);
    }
  }

  /** Begins again after some seconds, if the part is still looked at. */
  retry(part: Part, seconds = RETRY_DELAY): void {
    part.asking += 1;
    setTimeout(() => {
      part.asking -= 1;
      if (this.#parts.has(part)) part.begin();
    }, seconds * 1000);
  }

  #isReadable(): boolean {
    const session = this.#connection.session.get();
    const isLive = this.#connection.status.get().status === "live";
    return isLive && session !== null && mayRead(session.user, session.access);
  }

  #restart(): void {
    if (!this.#isReadable()) return this.#clear();
    for (const part of this.#parts) part.begin();
    return undefined;
  }

  #clear(): void {
    this.cursor.set(null);
    for (const part of this.#parts) {
      part.cursor = null;
      part.clear();
    }
  }

  #onChanges({ epoch, prev, seq, changes }: ChangesEvent): void {
    this.epoch = epoch;
    const at = this.cursor.get();
    // What comes while a part waits for an answer is in that.
    const parts = Array.from(this.#parts).filter((part) => part.cursor && part.asking === 0);
    if (!at || parts.length === 0) return;
    const isNext = epoch === at.epoch && prev === at.seq;
    if (epoch === at.epoch && !isNext && seq <= at.seq) return;
    const next = seq === at.seq && isNext ? at : { epoch, seq };
    const mine = changes.filter(({ channel }) => !this.#connection.channels.includes(channel));
    for (const part of parts) {
      const own = isNext && this.#shareOf(part, mine);
      if (own) {
        if (own.length > 0) part.change(own, next);
        part.cursor = next;
      } else part.begin();
    }
    if (!isNext) return;
    this.cursor.set(next);
    this.onApplied(mine);
  }

  /** The changes as they concern a part; null if the server alone can tell. */
  #shareOf(part: Part, changes: readonly Change[]): readonly Change[] | null {
    const own = changes.filter(({ channel }) => channel === part.channel);
    const others = [...this.#parts, ...this.#leaving.values()].filter(
      ({ channel, key }) => channel === part.channel && key !== part.key,
    );
    // Whatever is put is in one of the parts.
    if (own.length === 0 || others.length === 0) return own;
    const isClaimed = ({ record }: Change) =>
      record === null || [part, ...others].some(({ matches }) => matches(record));
    if (part.opaque || !own.every(isClaimed)) return null;
    return own.map((change) =>
      change.record === null || part.matches(change.record)
        ? change
        : { ...change, type: "del", record: null },
    );
  }
}
