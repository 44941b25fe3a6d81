/**
 * The connection: it keeps the store in step with the server. It says which changes it has seen,
 * gets only what is new, and asks again when something was missed. With a server that does not
 * know `sync` it lives on whole arrays.
 */
import { Observable } from "./observable";
import { empty, reduce } from "./store";
import type { State, StoreEvent } from "./store";
import { channels } from "./wire";
import type { Ack, Change, ChangesEvent, Connected, SyncAnswer, User } from "./wire";

/** What this library needs of a Socket.IO socket. */
export interface SocketLike {
  connected: boolean;
  /** Whether it connects again by itself. */
  active: boolean;
  auth: unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

export interface ConnectionState {
  /** `reconnecting` becomes `offline` when it takes long enough for a person to notice. */
  readonly status: "connecting" | "live" | "reconnecting" | "offline";
  /** When the status became what it is, in milliseconds since 1970. */
  readonly since: number;
}

export interface Session {
  readonly access: "open" | "public-read" | "required";
  readonly user: User | null;
  readonly sid: string | null;
}

/** How this connection keeps up: not known yet, by changes, or by whole arrays. */
export type Mode = "unknown" | "synced" | "plain";

const OFFLINE_AFTER = 5_000;
const ACK_WITHIN = 20_000;
/** Before trying again where Socket.IO does not do so by itself. */
const RETRY_AFTER = 1_000;
/** An idle server says something every 5 s; after this long the connection is dead or deaf. */
const SILENCE = 15_000;

export const offlineAck: Ack<never> = {
  ok: false,
  data: null,
  errors: { errors: "There is no connection to the server. Try again when it is back." },
  meta: { code: "offline" },
};

export class Connection {
  readonly state = new Observable<State>(empty);
  readonly status: Observable<ConnectionState>;
  readonly session = new Observable<Session | null>(null);
  readonly mode = new Observable<Mode>("unknown");
  /** Called with the changes of others and one's own, after they are in the store. */
  onApplied: (changes: readonly Change[]) => void = () => {};

  readonly #socket: SocketLike;
  readonly #token: () => string | null;
  /** Counts connections, so that an answer to an earlier one is recognized. */
  #generation = 0;
  #syncing = false;
  /** Whether there should be a connection. */
  #wanted = false;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: SocketLike, token: () => string | null = () => null) {
    this.#socket = socket;
    this.#token = token;
    this.status = new Observable<ConnectionState>({ status: "connecting", since: Date.now() });
    socket.auth = (answer: (auth: object) => void) => {
      const known = this.#token();
      answer({
        ...(known === null ? {} : { token: known }),
        sync: this.state.get().cursor ?? true,
      });
    };
    socket.on("connected", (data: Connected) => this.#connected(data));
    socket.on("session", ({ user }: { user: User | null }) => this.#identified(user));
    socket.on("disconnect", () => this.#lost());
    socket.on("connect_error", () => this.#lost());
    socket.on("sync", (answer: SyncAnswer) => this.#synced(answer));
    socket.on("changes", (event: ChangesEvent) => this.#changes(event));
    for (const channel of channels) {
      socket.on(channel, (records: never) => this.#array({ type: "array", channel, records }));
    }
  }

  /** Connects; `saved` is what an earlier visit knew, to be brought up to date. */
  open(saved?: { state: State; session: Session | null }): void {
    if (saved) {
      this.state.set(saved.state);
      this.session.set(saved.session);
    }
    this.#awaitConnection("connecting");
    this.#connect();
  }

  /** Connects anew, as who the token says. What one user may see is not shown to another. */
  reopen(): void {
    this.#disconnect();
    this.state.set(empty);
    this.open();
  }

  close(): void {
    this.#disconnect();
    clearTimeout(this.#offlineTimer);
    clearTimeout(this.#silenceTimer);
  }

  /** Tells the connection what the browser knows sooner than a socket does. */
  networkChanged(online: boolean): void {
    if (!online) {
      this.#disconnect();
      this.#become("offline");
    } else if (!this.#socket.connected) this.#restart();
  }

  /** Registers for an event that is not about records. */
  on<T>(event: string, listener: (data: T) => void): void {
    this.#socket.on(event, listener as (...args: never[]) => void);
  }

  /** Sends a request. Always resolves: with the server's answer, or a failed ack saying why not. */
  request<D = unknown>(event: string, ...args: unknown[]): Promise<Ack<D>> {
    if (!this.#socket.connected) return Promise.resolve(offlineAck);
    const generation = this.#generation;
    return new Promise((resolve) => {
      const settle = (ack: Ack<D>) => {
        clearTimeout(timer);
        unsubscribe();
        resolve(ack);
      };
      const timer = setTimeout(() => this.#restart(), ACK_WITHIN);
      const unsubscribe = this.status.subscribe(() => {
        if (this.#generation !== generation || this.status.get().status !== "live") {
          settle(offlineAck);
        }
      });
      this.#socket.emit(event, ...args, settle);
    });
  }

  #connected(data: Connected): void {
    this.#generation += 1;
    this.#syncing = false;
    this.mode.set("unknown");
    this.session.set({
      access: data.access ?? "open",
      user: data.user ?? null,
      sid: data.sid ?? null,
    });
    clearTimeout(this.#offlineTimer);
    this.#become("live");
  }

  /** The server says that this connection belongs to somebody else now, or to nobody. */
  #identified(user: User | null): void {
    const session = this.session.get();
    if (session) this.session.set({ ...session, user });
  }

  #lost(): void {
    clearTimeout(this.#silenceTimer);
    clearTimeout(this.#retryTimer);
    this.mode.set("unknown");
    if (this.status.get().status === "live") this.#awaitConnection("reconnecting");
    // Socket.IO does not come back by itself when it was the server that hung up or refused.
    if (!this.#socket.active && this.#wanted) {
      this.#retryTimer = setTimeout(() => this.#socket.connect(), RETRY_AFTER);
    }
  }

  #awaitConnection(status: "connecting" | "reconnecting"): void {
    this.#become(status);
    clearTimeout(this.#offlineTimer);
    this.#offlineTimer = setTimeout(() => this.#become("offline"), OFFLINE_AFTER);
  }

  #become(status: ConnectionState["status"]): void {
    if (this.status.get().status !== status) this.status.set({ status, since: Date.now() });
  }

  #array(event: StoreEvent): void {
    if (this.mode.get() === "synced") return;
    this.state.set(reduce(this.state.get(), event).state);
    // The arrays came without being asked for, so the wish for `sync` in `auth` was not heard.
    if (this.mode.get() === "unknown") this.#sync();
  }

  #changes(event: ChangesEvent): void {
    this.#expectMore();
    const { state, verdict } = reduce(this.state.get(), { type: "changes", event });
    if (verdict === "resync") this.#sync();
    if (verdict !== "apply") return;
    this.state.set(state);
    this.onApplied(event.changes);
  }

  #synced(answer: SyncAnswer): void {
    const { state, verdict } = reduce(this.state.get(), { type: "sync", answer });
    if (verdict === "resync") {
      this.state.set({ ...this.state.get(), cursor: null });
      return this.#sync();
    }
    this.state.set(state);
    this.mode.set("synced");
    this.#expectMore();
    if (answer.mode === "delta") this.onApplied(answer.changes);
  }

  #sync(): void {
    if (this.#syncing) return;
    this.#syncing = true;
    const generation = this.#generation;
    void this.request<SyncAnswer>("sync", this.state.get().cursor).then((ack) => {
      if (generation !== this.#generation) return;
      this.#syncing = false;
      if (ack.ok && ack.data) this.#synced(ack.data);
      else if (ack.meta?.code === "offline") this.#restart();
      else this.mode.set("plain");
    });
  }

  #expectMore(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#restart(), SILENCE);
  }

  #restart(): void {
    this.#disconnect();
    this.#connect();
  }

  #connect(): void {
    this.#wanted = true;
    this.#socket.connect();
  }

  #disconnect(): void {
    this.#wanted = false;
    clearTimeout(this.#retryTimer);
    this.#socket.disconnect();
  }
}
