/** Who is here, and who edits what. Advisory: it locks nothing. */
import { equal } from "../base/equal.js";
import { Observable } from "../base/observable.js";
import type { Channel } from "../protocol/protocol.js";
import type { Connection } from "../socket/connection.js";
import { recordKey } from "../state/remote-changes.js";

/** One client of the server; a person with two pages open is there twice. */
export interface Present {
  readonly sid: string;
  readonly name: string;
  /** When it connected, in milliseconds since 1970. */
  readonly since: number;
  readonly editing: { readonly channel: Channel; readonly id: number } | null;
}

/** The names of others by the record that they edit. */
type Editors = ReadonlyMap<string, readonly string[]>;

/** The server forgets after 30 s what is not said again. */
const RENEW = 12_000;
const nobody: readonly string[] = [];

export class Presence {
  /** Everybody, this client included; empty where the server does not say. */
  readonly users = new Observable<readonly Present[]>([]);
  readonly editors = new Observable<Editors>(new Map());
  readonly #connection: Connection;
  /** Servers without presence are asked once. */
  #unknown = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on<{ users?: Present[] }>("presence", ({ users }) => this.#receive(users ?? []));
    connection.status.subscribe(() => {
      if (connection.status.get().status !== "live") this.#receive([]);
    });
    connection.session.subscribe(() => {
      const session = connection.session.get();
      // Who may not meet the others is told nothing any more, not even that.
      if (session?.access !== "open" && !session?.user) this.#receive([]);
      else this.#receive(this.users.get());
    });
  }

  /** Whether this is us: this page, or another one of who has signed in here. */
  readonly isOwn = ({ sid, name }: Present): boolean => {
    const session = this.#connection.session.get();
    return sid === session?.sid || name === session?.user?.name;
  };

  /** The names of others who edit the record; the same array as long as they are the same. */
  editorsOf(channel: Channel, id: number): readonly string[] {
    return this.editors.get().get(recordKey(channel, id)) ?? nobody;
  }

  /** Says that this client edits a record, until the returned function is called. */
  edit(channel: Channel, id: number): () => void {
    const send = () => this.#send(channel, id, true);
    send();
    const renewal = setInterval(send, RENEW);
    // A new connection knows nothing of it, nor does the server of who has just become somebody else.
    const ends = [this.#connection.mode.subscribe(send), this.#connection.session.subscribe(send)];
    return () => {
      clearInterval(renewal);
      for (const end of ends) end();
      this.#send(channel, id, false);
    };
  }

  #receive(users: readonly Present[]): void {
    if (users.length > 0 || this.users.get().length > 0) this.users.set(users);
    const editors = new Map<string, readonly string[]>();
    for (const user of users) {
      if (user.editing === null || this.isOwn(user)) continue;
      const key = recordKey(user.editing.channel, user.editing.id);
      editors.set(key, [...new Set([...(editors.get(key) ?? []), user.name])]);
    }
    for (const [key, names] of this.editors.get()) {
      if (equal(editors.get(key), names)) editors.set(key, names);
    }
    this.editors.set(editors);
  }

  #send(channel: Channel, id: number, on: boolean): void {
    if (this.#unknown || this.#connection.mode.get() !== "synced") return;
    void this.#connection.request("editing", { channel, id, on }, {}).then((ack) => {
      if (ack.meta?.code === "unknown_event") this.#unknown = true;
    });
  }
}
