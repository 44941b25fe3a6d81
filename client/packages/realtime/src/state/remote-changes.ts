/** Who changed which record just now, for a moment; and who deleted it, for longer. */
import { Observable } from "../base/observable.js";
import type { Actor, Change } from "../protocol/messages.js";
import type { Channel } from "../protocol/protocol.js";

export interface RemoteChange {
  readonly actor: Actor;
  readonly type: "put" | "del";
  readonly at: number;
}

const SHOWN_FOR = 5_000;
const DELETIONS_KEPT = 200;

export function recordKey(channel: Channel, id: number): string {
  return `${channel}:${id}`;
}

export class RemoteChanges {
  readonly all = new Observable<ReadonlyMap<string, RemoteChange>>(new Map());

  of(channel: Channel, id: number): RemoteChange | undefined {
    return this.all.get().get(recordKey(channel, id));
  }

  /** Remembers who made these changes, for each of their records. */
  add(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const next = new Map(this.all.get());
    const at = Date.now();
    for (const { channel, id, type, actor = null } of changes) {
      next.set(recordKey(channel, id), { actor, type, at });
    }
    this.all.set(trimmed(next));
    setTimeout(() => this.#expire(at), SHOWN_FOR);
  }

  #expire(at: number): void {
    const left = Array.from(this.all.get()).filter(
      ([, change]) => change.type === "del" || change.at > at,
    );
    if (left.length !== this.all.get().size) this.all.set(new Map(left));
  }
}

function trimmed(changes: Map<string, RemoteChange>): Map<string, RemoteChange> {
  const deletions = Array.from(changes).filter(([, change]) => change.type === "del");
  for (const [key] of deletions.slice(0, -DELETIONS_KEPT)) changes.delete(key);
  return changes;
}
