/** Who edits what. Advisory: it locks nothing. */
import { Observable } from "./observable";
import type { Connection } from "./socket";
import type { Channel } from "./wire";

export interface Editor {
  readonly sid: string;
  readonly name: string;
  readonly editing: { channel: Channel; id: number } | null;
}

/** The server forgets after 30 s what is not said again. */
const RENEW = 12_000;

export class Presence {
  readonly users = new Observable<readonly Editor[]>([]);
  readonly #connection: Connection;
  /** Servers without presence are asked once. */
  #unknown = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on<{ users?: Editor[] }>("presence", ({ users }) => this.users.set(users ?? []));
    connection.status.subscribe(() => {
      if (connection.status.get().status !== "live") this.users.set([]);
    });
  }

  /** Says that this client edits a record, until the returned function is called. */
  edit(channel: Channel, id: number): () => void {
    this.#say(channel, id, true);
    const renewal = setInterval(() => this.#say(channel, id, true), RENEW);
    const unsubscribe = this.#connection.mode.subscribe(() => {
      if (this.#connection.mode.get() === "synced") this.#say(channel, id, true);
    });
    return () => {
      clearInterval(renewal);
      unsubscribe();
      this.#say(channel, id, false);
    };
  }

  #say(channel: Channel, id: number, on: boolean): void {
    if (this.#unknown || this.#connection.mode.get() !== "synced") return;
    void this.#connection.request("editing", { channel, id, on }, {}).then((ack) => {
      if (ack.meta?.code === "unknown_event") this.#unknown = true;
    });
  }
}
