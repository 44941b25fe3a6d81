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

  /** RemoteChanges the records of these changes. */
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
      ([, mark]) => mark.type === "del" || mark.at > at,
    );
    if (left.length !== this.all.get().size) this.all.set(new Map(left));
  }
}

function trimmed(marks: Map<string, RemoteChange>): Map<string, RemoteChange> {
  const deletions = Array.from(marks).filter(([, mark]) => mark.type === "del");
  for (const [key] of deletions.slice(0, -DELETIONS_KEPT)) marks.delete(key);
  return marks;
}
