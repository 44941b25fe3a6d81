/** Requests that write and are no edit of a record. They do not wait for a connection. */
import { uuid } from "../base/uuid.js";
import type { Ack } from "../protocol/messages.js";
import type { Connection } from "../socket/connection.js";
import { offlineAck, unansweredAck } from "../socket/requests.js";
import { Deduplicator } from "./deduplicator.js";
import type { SentOps } from "./sent-ops.js";

/** For how long the answer to a request is sought after its connection went. */
const ANSWER_TIMEOUT = 20_000;

export class Commands {
  readonly #connection: Connection;
  readonly #sentOps: SentOps;
  readonly #deduplicator = new Deduplicator<Promise<Ack<unknown>>>();

  constructor(connection: Connection, sentOps: SentOps) {
    this.#connection = connection;
    this.#sentOps = sentOps;
  }

  /**
   * Sends it under an op, so that it is done once: also if it is asked for twice in a moment, or its
   * answer is lost on the way. Always resolves; without a connection at once.
   */
  send<D = unknown>(event: string, data: object): Promise<Ack<D>> {
    if (this.#connection.status.get().status !== "live") return Promise.resolve(offlineAck);
    const begin = () => this.#send(event, data);
    const answer = this.#deduplicator.run(event, JSON.stringify(data), begin, (ack) => ack);
    return answer as Promise<Ack<D>>;
  }

  async #send(event: string, data: object): Promise<Ack> {
    const { mode } = this.#connection;
    const op = uuid();
    this.#sentOps.add(op);
    const until = Date.now() + ANSWER_TIMEOUT;
    for (let sent = false; await this.#ready(until); sent = true) {
      const opts = mode.get() === "plain" ? [] : [{ op }];
      const ack = await this.#connection.request(event, data, ...opts);
      if (ack.meta?.code !== "offline") return ack;
      // Without `op` the server cannot tell a repetition.
      if (opts.length === 0) return sent ? unansweredAck : ack;
    }
    return unansweredAck;
  }

  /** True once there is a connection, and it is known how to talk; false if that takes too long. */
  #ready(until: number): Promise<boolean> {
    const { mode, status } = this.#connection;
    const isReady = () => mode.get() !== "unknown" && status.get().status === "live";
    if (isReady()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const done = (ready: boolean) => {
        clearTimeout(timer);
        for (const unsubscribe of ends) unsubscribe();
        resolve(ready);
      };
      const timer = setTimeout(() => done(false), until - Date.now());
      const look = () => isReady() && done(true);
      const ends = [mode.subscribe(look), status.subscribe(look)];
    });
  }
}
