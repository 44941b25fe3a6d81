/** Requests and their answers: each gets one, from the server or from here, saying why there is none. */
import type { Observable } from "../base/observable.js";
import type { Ack } from "../protocol/messages.js";
import type { ConnectionState, SocketLike } from "./connection-state.js";

const ACK_TIMEOUT = 20_000;

/** The answer to a request that was not sent. */
export const offlineAck: Ack<never> = {
  ok: false,
  data: null,
  errors: { errors: "There is no connection to the server. Try again when it is back." },
  meta: { code: "offline" },
};

/** The answer to a request that was sent, and may have been carried out. */
export const unansweredAck: Ack<never> = {
  ...offlineAck,
  errors: { errors: "The connection went before the server answered. Look whether this was done." },
};

export class Requests {
  readonly #socket: SocketLike;
  readonly #status: Observable<ConnectionState>;
  readonly #onSilence: () => void;

  /** `onSilence` is called when an answer takes so long that the connection must be dead. */
  constructor(socket: SocketLike, status: Observable<ConnectionState>, onSilence: () => void) {
    this.#socket = socket;
    this.#status = status;
    this.#onSilence = onSilence;
  }

  /** `onAck` has the answer before any event that comes after it, which may be told before a promise is. */
  send<D>(event: string, args: readonly unknown[], onAck?: (ack: Ack<D>) => void): Promise<Ack<D>> {
    if (!this.#socket.connected) {
      onAck?.(offlineAck);
      return Promise.resolve(offlineAck);
    }
    return new Promise((resolve) => {
      const settle = (ack: Ack<D>) => {
        clearTimeout(timer);
        unsubscribe();
        onAck?.(ack);
        resolve(ack);
      };
      const timer = setTimeout(this.#onSilence, ACK_TIMEOUT);
      const unsubscribe = this.#status.subscribe(() => {
        if (this.#status.get().status !== "live") settle(unansweredAck);
      });
      this.#socket.emit(event, ...args, settle);
    });
  }
}
