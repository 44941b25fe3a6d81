/** The client library without a page. */
import { Realtime } from "@spotter/realtime";
import type { AnyRecord, Channel, Protocol } from "@spotter/realtime";
import { loadQueries, MemoryOutboxStorage } from "@spotter/realtime/testing";
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import { protocol } from "../../client/src/protocol";

// No bundler has made files of its own of these.
loadQueries();

/** A client with parts alone, or, with `sync`, beside what is here whole. */
export class Client {
  readonly realtime: Realtime;
  readonly socket: Socket;

  constructor(url: string, described: Protocol = protocol, sync = false) {
    this.socket = io(url, { transports: ["websocket"], forceNew: true, autoConnect: false });
    const storage = new MemoryOutboxStorage();
    this.realtime = new Realtime({ socket: this.socket, protocol: described, storage, sync });
    this.realtime.connection.open();
  }

  /** Looks at a part, and gives what it shows: undefined until that is there. */
  part(channel: Channel, where: object): () => AnyRecord[] | undefined {
    const part = this.realtime.queries.records(channel, where);
    part.subscribe(() => {});
    return () => {
      const table = part.get();
      return (
        table && [...table.values()].map(({ record }) => record).toSorted((a, b) => a.id - b.id)
      );
    };
  }

  list(channel: Channel, query: object) {
    const list = this.realtime.queries.list(channel, query);
    list.subscribe(() => {});
    return list;
  }
}
