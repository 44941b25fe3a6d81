/**
 * Where edits wait, so that a reload loses none. Each op has its own key: two pages never write over
 * each other's. What is stored is read whatever version of this wrote it.
 */
import { deviceStorage } from "../base/browser-storage.js";
import { equal } from "../base/equal.js";
import type { Ack } from "../protocol/messages.js";
import { channelsOf } from "../protocol/protocol.js";
import type { AnyRecord, Channel, Protocol } from "../protocol/protocol.js";
import { writeOnlyIn } from "../protocol/write-only.js";
import { storable, writesOf } from "./op.js";
import type { Kind, Op, Write } from "./op.js";
import { Tabs } from "./tabs.js";

export interface OutboxStorage {
  /** Finds out which pages are open: what one of them holds is `elsewhere`. */
  look(): Promise<void>;
  /** The ops of an account, oldest first, as of the last `look`. */
  read(account: string | null): Op[];
  /** Keeps an op, which has no write-only fields in it, as this page's; false if it will be gone with this page. */
  save(op: Op): boolean;
  remove(op: Op): void;
  /** Makes an op that no open page holds this page's; false if another one was faster. */
  claim(op: Op): Promise<boolean>;
  /** Calls back when another page did something, or ended. */
  watch(changed: () => void): void;
}

interface Stored {
  tab: string;
  op: Op;
}

export class LocalOutboxStorage implements OutboxStorage {
  readonly #protocol: Protocol;
  readonly #tabs: Tabs;
  readonly #prefix: string;

  /** `prefix` is what all names in the browser's storage begin with. */
  constructor(protocol: Protocol, prefix = "spotter") {
    this.#protocol = protocol;
    this.#tabs = new Tabs(`${prefix}.tab`);
    this.#prefix = `${prefix}.op.`;
  }

  look(): Promise<void> {
    return this.#tabs.look(this.#all().map(({ tab }) => tab));
  }

  read(account: string | null): Op[] {
    return this.#all()
      .filter(({ op }) => op.as === account)
      .map(({ tab, op }) => {
        if (tab === this.#tabs.name) return op;
        return { ...op, held: this.#tabs.isOpen(tab) ? "elsewhere" : "nobody" } as const;
      })
      .toSorted((a, b) => a.order - b.order);
  }

  save(op: Op): boolean {
    return this.#store({ tab: this.#tabs.name, op });
  }

  remove(op: Op): void {
    deviceStorage.remove(this.#prefix + op.op);
  }

  async claim(op: Op): Promise<boolean> {
    let mine = false;
    await this.#tabs.exclusively(() => {
      const stored = this.#parse(this.#prefix + op.op);
      mine = stored !== null && !this.#tabs.isOpen(stored.tab);
      if (mine) this.save(op);
    });
    return mine;
  }

  watch(changed: () => void): void {
    this.#tabs.onEnded = changed;
    globalThis.addEventListener?.("storage", (event) => {
      if (event.key === null || event.key.startsWith(this.#prefix)) changed();
    });
  }

  #all(): Stored[] {
    return deviceStorage.keys(this.#prefix).flatMap((key) => this.#parse(key) ?? []);
  }

  #store({ tab, op }: Stored): boolean {
    const kept = { ...op, held: undefined, unkept: undefined };
    return deviceStorage.set(this.#prefix + op.op, JSON.stringify({ tab, op: kept }));
  }

  /** What is stored under a key; null if this version can make nothing of it. It stays there for one that can. */
  #parse(key: string): Stored | null {
    const protocol = this.#protocol;
    try {
      const text = deviceStorage.get(key) ?? "null";
      const { tab, op: found } = JSON.parse(text) as { tab: unknown; op: Found };
      const old = upgraded(protocol, found);
      if (!old) return null;
      const withheld = writesOf(old).flatMap((write) =>
        writeOnlyIn(protocol, write.channel, write.data),
      );
      const op = storable(protocol, withheld.length > 0 ? { ...old, withheld } : old);
      const stored = { tab: String(tab), op };
      // An earlier version kept write-only fields too.
      if (!equal(writesOf(op), writesOf(old))) this.#store(stored);
      return stored;
    } catch {
      return null;
    }
  }
}

type Found = { readonly [K in string]?: unknown } | null;

/** The op, with a default for what is missing; null if it lacks what it cannot do without. */
function upgraded(protocol: Protocol, found: Found): Op | null {
  if (typeof found?.["op"] !== "string" || typeof found["order"] !== "number") return null;
  const { op, order, as, at, state, ack, withheld } = found;
  const sending = {
    op,
    order,
    as: typeof as === "string" ? as : null,
    at: typeof at === "number" ? at : order / 1000,
    state: state === "parked" || state === "sent" ? state : "queued",
    ...(ack ? { ack: ack as Ack } : {}),
    ...(found["unanswered"] ? { unanswered: true } : {}),
    ...(Array.isArray(withheld) && withheld.length > 0 && { withheld: withheld.map(String) }),
  } as const;
  if (found["kind"] !== "batch") {
    const only = writeIn(protocol, found);
    return only && ({ ...sending, ...only } as Op);
  }
  const writes = (found["writes"] as Found[]).map((each) => writeIn(protocol, each));
  return writes.includes(null) ? null : ({ ...sending, kind: "batch", writes } as Op);
}

function writeIn(protocol: Protocol, found: Found): Write | null {
  const { channel, kind, id, data, before, base } = found ?? {};
  const isUsable =
    channelsOf(protocol).includes(channel as Channel) &&
    ["new", "update", "delete"].includes(kind as string) &&
    typeof id === "number" &&
    typeof data === "object" &&
    data !== null;
  if (!isUsable) return null;
  return {
    channel: channel as Channel,
    kind: kind as Kind,
    id,
    data: data as Write["data"],
    before: typeof before === "object" ? (before as AnyRecord | null) : null,
    base: typeof base === "number" ? base : null,
  };
}
