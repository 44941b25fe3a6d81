/** Keeps a socket connected where Socket.IO does not by itself: when the server hung up, and when it is silent. */
import type { SocketLike } from "./connection-state.js";

const RETRY_DELAY = 1_000;
/** An idle server says something every 5 s; after this long the connection is dead or deaf. */
const SILENCE_TIMEOUT = 15_000;

export class Reconnection {
  readonly #socket: SocketLike;
  /** Whether there should be a connection. */
  #wanted = false;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: SocketLike) {
    this.#socket = socket;
  }

  connect(): void {
    this.#wanted = true;
    this.#socket.connect();
  }

  disconnect(): void {
    this.#wanted = false;
    clearTimeout(this.#retryTimer);
    this.#socket.disconnect();
  }

  restart(): void {
    this.disconnect();
    this.connect();
  }

  /** To be called when the server said something that it repeats: from then on its silence counts. */
  heard(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.restart(), SILENCE_TIMEOUT);
  }

  /** To be called when the connection is lost, or was refused. */
  lost(): void {
    this.ignoreSilence();
    clearTimeout(this.#retryTimer);
    if (!this.#socket.active && this.#wanted) {
      this.#retryTimer = setTimeout(() => this.#socket.connect(), RETRY_DELAY);
    }
  }

  ignoreSilence(): void {
    clearTimeout(this.#silenceTimer);
  }
}
