import type { Op } from "../outbox/op.js";
import type { OutboxStorage } from "../outbox/outbox-storage.js";

/** Keeps ops over the life of a `Realtime`, as text; no other page is open. */
export class MemoryOutboxStorage implements OutboxStorage {
  readonly saved = new Map<string, string>();

  look(): Promise<void> {
    return Promise.resolve();
  }

  read(account: string | null): Op[] {
    const ops = Array.from(this.saved.values(), (text) => JSON.parse(text) as Op);
    return ops.filter((op) => op.as === account).toSorted((a, b) => a.order - b.order);
  }

  save(op: Op): boolean {
    this.saved.set(op.op, JSON.stringify(op));
    return true;
  }

  remove(op: Op): void {
    this.saved.delete(op.op);
  }

  claim(): Promise<boolean> {
    return Promise.resolve(true);
  }

  watch(): void {}
}
