/** The parts put together: what an application makes once and hands to `RealtimeProvider`. */
import { Derived } from "./base/derived.js";
import type { Watchable } from "./base/derived.js";
import { Commands } from "./outbox/commands.js";
import type { OutboxStorage } from "./outbox/outbox-storage.js";
import { Outbox } from "./outbox/outbox.js";
import type { Edit, Outcome, PendingBatch, PendingEdit } from "./outbox/outbox.js";
import { opsOf, overlay, withKeptEntries } from "./outbox/overlay.js";
import type { Shown as ShownEntry, ShownTable } from "./outbox/overlay.js";
import { Undo } from "./outbox/undo.js";
import { Presence } from "./presence/presence.js";
import type { Ack, Change } from "./protocol/messages.js";
import type { Channel, ChannelOf, Channels, Protocol } from "./protocol/protocol.js";
import { Queries } from "./queries/queries.js";
import type { Credentials, SocketLike } from "./socket/connection-state.js";
import { Connection } from "./socket/connection.js";
import { Parts } from "./socket/parts.js";
import { RemoteChanges } from "./state/remote-changes.js";
import type { Table } from "./state/store.js";

export interface RealtimeOptions<C = Channels> {
  socket: SocketLike;
  protocol: Protocol<C>;
  storage: OutboxStorage;
  credentials?: () => Credentials | null;
  /** Whether to keep a copy of all that the server sends whole: true if absent. */
  sync?: boolean;
}

type Shown = ShownTable | undefined;

/** The records of a channel by id, undefined until they are here. */
export type TableOf<C, K extends ChannelOf<C>> = ReadonlyMap<number, ShownEntry<C[K]>> | undefined;

/** `C` are the types of the records by channel. */
export class Realtime<C = Channels> {
  readonly connection: Connection;
  readonly parts: Parts;
  readonly outbox: Outbox;
  readonly remoteChanges = new RemoteChanges();
  readonly commands: Commands;
  readonly undo: Undo;
  readonly presence: Presence;
  readonly queries: Queries;
  readonly #tables = new Map<Channel, Watchable<Shown>>();

  constructor({ socket, protocol: of, storage, credentials, sync }: RealtimeOptions<C>) {
    const protocol = of as unknown as Protocol;
    this.connection = new Connection(socket, protocol, credentials, sync);
    this.parts = new Parts(this.connection);
    this.outbox = new Outbox(this.connection, this.parts, storage, (channel, id) =>
      this.queries.find(channel, id),
    );
    this.commands = new Commands(this.connection, this.outbox.sentOps);
    this.undo = new Undo(this.outbox, this.commands);
    this.presence = new Presence(this.connection);
    const { connection, parts } = this;
    const { ops } = this.outbox;
    this.queries = new Queries({ protocol, connection, parts, ops }, (channel) =>
      this.#table(channel),
    );
    connection.onApplied = parts.onApplied = (changes) => this.#applied(changes);
  }

  /** A whole channel's records with unconfirmed edits on top; undefined until the server has sent it. */
  table<K extends ChannelOf<C>>(channel: K): Watchable<TableOf<C, K>> {
    return this.#table(channel as unknown as Channel) as unknown as Watchable<TableOf<C, K>>;
  }

  #table(channel: Channel): Watchable<Shown> {
    const known = this.#tables.get(channel);
    if (known) return known;
    const { protocol, state } = this.connection;
    const { ops } = this.outbox;
    const table = () => state.get().tables[channel] as Table | undefined;
    const made = new Derived<Shown>(
      [state, ops],
      () => [table(), ...opsOf(channel, ops.get())],
      (before) => {
        const sent = table();
        const shown = sent && overlay(protocol, sent, opsOf(channel, ops.get()), { channel });
        return shown && withKeptEntries(before, shown);
      },
    );
    this.#tables.set(channel, made);
    return made;
  }

  /** Makes an edit, and names it, so that it can be taken back; what is made twice in a moment is one. */
  edit(edit: Edit<C>): PendingEdit<C[ChannelOf<C>]> {
    return this.outbox.mutate(edit as unknown as Edit) as unknown as PendingEdit<C[ChannelOf<C>]>;
  }

  mutate(edit: Edit<C>): Promise<Outcome<C[ChannelOf<C>]>> {
    return this.edit(edit).outcome;
  }

  /** Makes several edits that are done all or not at all, in this order, in one commit. */
  batch(edits: readonly Edit<C>[]): PendingBatch<C[ChannelOf<C>]> {
    return this.outbox.batch(edits as unknown as readonly Edit[]) as unknown as PendingBatch<
      C[ChannelOf<C>]
    >;
  }

  /**
   * What an edit, or a batch, would do: the errors and the warnings, without doing it. It does not wait for a
   * connection.
   */
  check(edit: Edit<C>): Promise<Ack<C[ChannelOf<C>]>>;
  check(edits: readonly Edit<C>[]): Promise<Ack<C[ChannelOf<C>][]>>;
  check(edits: Edit<C> | readonly Edit<C>[]): Promise<Ack<unknown>> {
    return this.outbox.check(edits as unknown as Edit | readonly Edit[]);
  }

  #applied(changes: readonly Change[]): void {
    this.remoteChanges.add(changes.filter(({ op }) => !this.outbox.sentOps.has(op)));
    this.queries.applied(changes);
  }
}
