/** The parts put together: what an application makes once and hands to `RealtimeProvider`. */
import { Observable } from "./base/observable.js";
import { Commands } from "./outbox/commands.js";
import type { Op } from "./outbox/op.js";
import type { OutboxStorage } from "./outbox/outbox-storage.js";
import { Outbox } from "./outbox/outbox.js";
import type { Edit, Outcome, PendingEdit } from "./outbox/outbox.js";
import { overlay, withKeptEntries } from "./outbox/overlay.js";
import type { ShownTable } from "./outbox/overlay.js";
import { Undo } from "./outbox/undo.js";
import { Presence } from "./presence/presence.js";
import type { Channel, Protocol } from "./protocol/protocol.js";
import type { Credentials, SocketLike } from "./socket/connection-state.js";
import { Connection } from "./socket/connection.js";
import { RemoteChanges } from "./state/remote-changes.js";
import type { Table } from "./state/store.js";

export interface RealtimeOptions {
  socket: SocketLike;
  protocol: Protocol;
  storage: OutboxStorage;
  credentials?: () => Credentials | null;
}

export class Realtime {
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly remoteChanges = new RemoteChanges();
  readonly commands: Commands;
  readonly undo: Undo;
  readonly presence: Presence;
  readonly #shown = new Map<Channel, Observable<ShownTable | undefined>>();
  readonly #inputs = new Map<Channel, readonly unknown[]>();

  constructor({ socket, protocol, storage, credentials }: RealtimeOptions) {
    this.connection = new Connection(socket, protocol, credentials);
    this.outbox = new Outbox(this.connection, storage, (channel, id) =>
      this.table(channel).get()?.get(id),
    );
    this.commands = new Commands(this.connection, this.outbox.sentOps);
    this.undo = new Undo(this.outbox, this.commands);
    for (const channel of this.connection.channels)
      this.#shown.set(channel, new Observable<ShownTable | undefined>(undefined));
    this.presence = new Presence(this.connection);
    this.connection.state.subscribe(() => this.#show());
    this.outbox.ops.subscribe(() => this.#show());
    this.connection.onApplied = (changes) =>
      this.remoteChanges.add(changes.filter((change) => !this.outbox.sentOps.has(change.op)));
  }

  /** A channel's records with unconfirmed edits on top; undefined until the server has sent it. */
  table(channel: Channel): Observable<ShownTable | undefined> {
    return this.#shown.get(channel) as Observable<ShownTable | undefined>;
  }

  /** Makes an edit, and names it, so that it can be taken back; what is made twice in a moment is one. */
  edit(edit: Edit): PendingEdit {
    return this.outbox.mutate(edit);
  }

  mutate(edit: Edit): Promise<Outcome> {
    return this.outbox.mutate(edit).outcome;
  }

  #show(): void {
    for (const channel of this.connection.channels) {
      const { protocol, state } = this.connection;
      const table = state.get().tables[channel] as Table | undefined;
      const ops = this.outbox.ops.get().filter((op) => op.channel === channel);
      if (this.#same(channel, [table, ...ops])) continue;
      const shown = table && overlay(protocol, table, ops);
      this.table(channel).set(shown && withKeptEntries(this.table(channel).get(), shown));
    }
  }

  #same(channel: Channel, inputs: readonly (Table | Op | undefined)[]): boolean {
    const before = this.#inputs.get(channel);
    this.#inputs.set(channel, inputs);
    return before?.length === inputs.length && inputs.every((input, at) => input === before[at]);
  }
}
