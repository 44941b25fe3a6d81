/** The parts put together: what an application makes once and hands to `RealtimeProvider`. */
import { io } from "socket.io-client";
import { Commands } from "./commands";
import { equal } from "./equal";
import { Marks } from "./marks";
import { Outbox } from "./mutate";
import type { Edit, Outcome, Sent } from "./mutate";
import { Observable } from "./observable";
import { overlay } from "./op";
import type { Op, Shown } from "./op";
import { LocalOutboxStorage } from "./outbox-storage";
import type { OutboxStorage } from "./outbox-storage";
import { clearState, loadState, saveState } from "./cache";
import type { Saved } from "./cache";
import type { Credentials, SocketLike } from "./connection-state";
import { Presence } from "./presence";
import { Connection } from "./socket";
import { empty } from "./store";
import type { Table } from "./store";
import { Undo } from "./undo";
import { channels } from "./wire";
import type { Channel } from "./wire";

/** What comes is stored this long after the first change, in milliseconds. */
const REST = 1_000;

export type ShownTable = ReadonlyMap<number, Shown>;

export interface RealtimeOptions {
  socket: SocketLike;
  storage: OutboxStorage;
  credentials?: () => Credentials | null;
}

export class Realtime {
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly marks = new Marks();
  readonly commands: Commands;
  readonly undo: Undo;
  readonly presence: Presence;
  readonly #shown = new Map<Channel, Observable<ShownTable | undefined>>();
  readonly #inputs = new Map<Channel, readonly unknown[]>();

  constructor({ socket, storage, credentials }: RealtimeOptions) {
    this.connection = new Connection(socket, credentials);
    this.outbox = new Outbox(this.connection, storage, (channel, id) =>
      this.table(channel).get()?.get(id),
    );
    this.commands = new Commands(this.connection, this.outbox.own);
    this.undo = new Undo(this.outbox, this.commands);
    for (const channel of channels)
      this.#shown.set(channel, new Observable<ShownTable | undefined>(undefined));
    this.presence = new Presence(this.connection);
    this.connection.state.subscribe(() => this.#show());
    this.outbox.ops.subscribe(() => this.#show());
    this.connection.onApplied = (changes) =>
      this.marks.add(changes.filter((change) => !this.outbox.own.has(change.op)));
  }

  /** A channel's records with unconfirmed edits on top; undefined until the server has sent it. */
  table(channel: Channel): Observable<ShownTable | undefined> {
    return this.#shown.get(channel) as Observable<ShownTable | undefined>;
  }

  /** Makes an edit, and names it, so that it can be taken back; what is made twice in a moment is one. */
  edit(edit: Edit): Sent {
    return this.outbox.mutate(edit);
  }

  mutate(edit: Edit): Promise<Outcome> {
    return this.outbox.mutate(edit).outcome;
  }

  #show(): void {
    for (const channel of channels) {
      const table = this.connection.state.get().tables[channel] as Table | undefined;
      const ops = this.outbox.ops.get().filter((op) => op.channel === channel);
      if (this.#same(channel, [table, ...ops])) continue;
      this.table(channel).set(table && steady(this.table(channel).get(), overlay(table, ops)));
    }
  }

  #same(channel: Channel, inputs: readonly (Table | Op | undefined)[]): boolean {
    const before = this.#inputs.get(channel);
    this.#inputs.set(channel, inputs);
    return before?.length === inputs.length && inputs.every((input, at) => input === before[at]);
  }
}

/** Keeps the entries of the last view where an overlay made an equal one anew. */
function steady(before: ShownTable | undefined, after: ShownTable): ShownTable {
  if (!before) return after;
  let copy: Map<number, Shown> | null = null;
  for (const [id, entry] of after) {
    if (entry.op === undefined) continue;
    const old = before.get(id);
    if (old?.op === entry.op && old.rev === entry.rev && equal(old.record, entry.record)) {
      copy ??= new Map(after);
      copy.set(id, old);
    }
  }
  return copy ?? after;
}

/** A client of the server that this page came from. */
export function createRealtime(credentials: () => Credentials | null): Realtime {
  const socket = io({
    transports: ["websocket"],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
  });
  const realtime = new Realtime({ socket, storage: new LocalOutboxStorage(), credentials });
  addEventListener("online", () => realtime.connection.networkChanged(true));
  addEventListener("offline", () => realtime.connection.networkChanged(false));
  void start(realtime.connection);
  void realtime.outbox.restore();
  return realtime;
}

/** Connects with what an earlier visit was told, and keeps what comes for the next one. */
async function start(connection: Connection): Promise<void> {
  const saved = await loadState(connection.account.get());
  let kept: Saved["owner"] | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    const state = connection.state.get();
    const owner = connection.account.get();
    if (state === empty) {
      kept = undefined;
      void clearState();
    } else if (state.cursor !== null) {
      kept = owner;
      void saveState({ owner, state, session: connection.session.get() });
    }
  };
  const changed = () => {
    const isSameVisit = connection.account.get() === kept && connection.state.get() !== empty;
    if (!isSameVisit) return keep();
    // A busy gym changes often; the device does not have to follow every time.
    resting ??= setTimeout(() => {
      resting = undefined;
      keep();
    }, REST);
    return undefined;
  };
  connection.state.subscribe(changed);
  connection.session.subscribe(changed);
  // Somebody else may have signed in meanwhile.
  connection.open(saved?.owner === connection.account.get() ? saved : undefined);
}
