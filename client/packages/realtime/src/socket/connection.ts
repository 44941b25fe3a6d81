/**
 * The connection: it keeps the store in step with the server. It says which changes it has seen,
 * gets only what is new, and asks again when something was missed. With a server that does not
 * know `sync` it lives on whole arrays.
 */
import { Observable } from "../base/observable.js";
import type {
  Ack,
  Change,
  ChangesEvent,
  Connected,
  Embeds,
  SyncAnswer,
  User,
} from "../protocol/messages.js";
import { wholeChannelsOf } from "../protocol/protocol.js";
import type { Channel, Protocol } from "../protocol/protocol.js";
import { empty, reduce } from "../state/store.js";
import type { Reduced, State, StoreEvent } from "../state/store.js";
import { mayRead } from "./connection-state.js";
import type {
  ConnectionState,
  Credentials,
  Mode,
  Session,
  SocketLike,
} from "./connection-state.js";
import { Reconnection } from "./reconnection.js";
import { Requests } from "./requests.js";
import { Status } from "./status.js";

export class Connection {
  readonly protocol: Protocol;
  /** Those that this client has whole. */
  readonly channels: readonly Channel[];
  readonly state = new Observable<State>(empty);
  readonly status: Observable<ConnectionState>;
  readonly session = new Observable<Session | null>(null);
  /**
   * Whose page this is: the username of who is signed in, null for nobody. Without a connection, of
   * who was signed in last. What the server told one account is gone when this becomes another one.
   */
  readonly account: Observable<string | null>;
  readonly mode = new Observable<Mode>("unknown");
  /** The credentials that the server was shown at the last connect. */
  presented: Credentials | null = null;
  /** Called with the changes of others and one's own, after they are in the store. */
  onApplied: (changes: readonly Change[]) => void = () => {};

  readonly #socket: SocketLike;
  readonly #reconnection: Reconnection;
  readonly #requests: Requests;
  readonly #status = new Status();
  readonly #credentials: () => Credentials | null;
  /** Whether it asks for whole channels. */
  readonly #syncs: boolean;
  /** Counts connections, so that an answer to an earlier one is recognized. */
  #generation = 0;
  #syncing = false;
  /** By which records follow others, as the server said at the last connect. */
  #embeds: Embeds = {};

  constructor(
    socket: SocketLike,
    protocol: Protocol,
    credentials: () => Credentials | null = () => null,
    syncs = true,
  ) {
    this.#socket = socket;
    this.#syncs = syncs;
    this.protocol = protocol;
    this.channels = syncs ? wholeChannelsOf(protocol) : [];
    this.#credentials = credentials;
    this.account = new Observable(credentials()?.account ?? null);
    this.status = this.#status.state;
    this.#reconnection = new Reconnection(socket);
    this.#requests = new Requests(socket, this.status, () => this.#reconnection.restart());
    socket.auth = (answer: (auth: object) => void) => {
      const known = (this.presented = this.#credentials());
      answer({
        ...(known && { token: known.token }),
        ...(syncs ? { sync: this.state.get().cursor ?? true } : { arrays: false }),
      });
    };
    socket.on("connected", (data: Connected) => this.#onConnected(data));
    socket.on("session", ({ user }: { user: User | null }) => this.#onSession(user));
    socket.on("disconnect", () => this.#onDisconnect());
    socket.on("connect_error", () => this.#onDisconnect());
    socket.on("sync", (answer: SyncAnswer) => this.#onSync(answer));
    socket.on("changes", (event: ChangesEvent) => this.#onChanges(event));
    for (const channel of this.channels) {
      socket.on(channel, (records: never) => this.#onArray({ type: "array", channel, records }));
    }
  }

  /** Connects; `saved` is what an earlier visit knew, to be brought up to date. */
  open(saved?: { state: State; session: Session | null }): void {
    if (saved) {
      this.session.set(saved.session);
      this.state.set(saved.state);
    }
    this.#status.pending("connecting");
    this.#reconnection.connect();
  }

  /** Connects anew, as who the credentials say. What one user may see is not shown to another. */
  reopen(): void {
    this.#reconnection.disconnect();
    this.state.set(empty);
    const session = this.session.get();
    if (session?.user) this.session.set({ ...session, user: null });
    this.account.set(this.#credentials()?.account ?? null);
    this.open();
  }

  close(): void {
    this.#reconnection.disconnect();
    this.#status.stop();
    this.#reconnection.ignoreSilence();
  }

  /** Tells the connection what the browser knows sooner than a socket does. */
  networkChanged(online: boolean): void {
    if (!online) {
      this.#reconnection.disconnect();
      this.#status.set("offline");
    } else if (!this.#socket.connected) this.#reconnection.restart();
  }

  /** Registers for an event that is not about records. */
  on<T>(event: string, listener: (data: T) => void): void {
    this.#socket.on(event, listener as (...args: never[]) => void);
  }

  /** Sends a request. Always resolves: with the server's answer, or a failed ack saying why not. */
  request<D = unknown>(event: string, ...args: unknown[]): Promise<Ack<D>> {
    return this.#requests.send<D>(event, args);
  }

  /** The same; `onAck` has the answer before any event that comes after it. */
  ask<D>(event: string, args: readonly unknown[], onAck: (ack: Ack<D>) => void): Promise<Ack<D>> {
    return this.#requests.send(event, args, onAck);
  }

  #onConnected(data: Connected): void {
    this.#generation += 1;
    this.#syncing = false;
    this.#embeds = data.embeds ?? {};
    this.mode.set("unknown");
    this.#setSession({
      access: data.access ?? "open",
      user: data.user ?? null,
      sid: data.sid ?? null,
      timezone: data.timezone ?? null,
    });
    this.#status.live();
    // Nothing else says that it is a server with a journal.
    if (!this.#syncs) this.mode.set("synced");
  }

  /** The server says that this connection belongs to somebody else now, or to nobody. */
  #onSession(user: User | null): void {
    const session = this.session.get();
    if (!session) return;
    this.#setSession({ ...session, user });
    // What is gone with the other account is asked for again, if this one may see it.
    const isMissing = this.#syncs && this.state.get() === empty && this.mode.get() === "synced";
    if (isMissing && mayRead(user, session.access)) this.#sync();
  }

  #setSession(session: Session): void {
    const account = session.user?.username ?? null;
    const isClosed = !mayRead(session.user, session.access);
    if (account !== this.account.get() || isClosed) this.state.set(empty);
    this.session.set(session);
    this.account.set(account);
  }

  #onDisconnect(): void {
    this.mode.set("unknown");
    if (this.status.get().status === "live") this.#status.pending("reconnecting");
    this.#reconnection.lost();
  }

  #reduce(event: StoreEvent): Reduced {
    return reduce(this.state.get(), event, { channels: this.channels, embeds: this.#embeds });
  }

  #onArray(event: StoreEvent): void {
    if (this.mode.get() === "synced") return;
    this.state.set(this.#reduce(event).state);
    // The arrays came without being asked for, so the wish for `sync` in `auth` was not heard.
    if (this.mode.get() === "unknown") this.#sync();
  }

  #onChanges(event: ChangesEvent): void {
    this.#reconnection.heard();
    if (!this.#syncs) return;
    const { state, verdict } = this.#reduce({ type: "changes", event });
    if (verdict === "resync") this.#sync();
    if (verdict !== "apply") return;
    this.state.set(state);
    this.onApplied(event.changes.filter(({ channel }) => this.channels.includes(channel)));
  }

  #onSync(answer: SyncAnswer): void {
    const { state, verdict } = this.#reduce({ type: "sync", answer });
    if (verdict === "resync") {
      this.state.set({ ...this.state.get(), cursor: null });
      return this.#sync();
    }
    this.state.set(state);
    this.mode.set("synced");
    this.#reconnection.heard();
    if (answer.mode === "delta") this.onApplied(answer.changes);
  }

  #sync(): void {
    if (this.#syncing) return;
    this.#syncing = true;
    const generation = this.#generation;
    const onAck = ({ data }: Ack<SyncAnswer>) => {
      if (generation !== this.#generation || !data) return;
      this.#syncing = false;
      this.#onSync(data);
    };
    void this.ask("sync", [this.state.get().cursor], onAck).then((ack) => {
      if (generation !== this.#generation || ack.data) return;
      this.#syncing = false;
      if (ack.meta?.code === "offline") this.#reconnection.restart();
      else this.mode.set("plain");
    });
  }
}
