/** A client as an application has it: connected, and with what earlier visits left on the device. */
import { io } from "socket.io-client";
import { deviceStorage } from "./base/browser-storage.js";
import { LocalOutboxStorage } from "./outbox/outbox-storage.js";
import type { Channels, Protocol } from "./protocol/protocol.js";
import { Realtime } from "./realtime.js";
import type { Credentials } from "./socket/connection-state.js";
import type { Connection } from "./socket/connection.js";
import { StateCache } from "./socket/state-cache.js";
import type { SavedState } from "./socket/state-cache.js";
import { empty } from "./state/store.js";

/** What comes is stored this long after the first change, in milliseconds. */
const SAVE_DELAY = 1_000;

export interface CreateOptions<C = Channels> {
  protocol: Protocol<C>;
  /** The server's address, `http://localhost:5555`; if absent, where this page came from. */
  url?: string;
  /** The Socket.IO namespace: `/` if absent. */
  namespace?: string;
  /** What `login` gave, or what knows it at each connect; if absent or null, nobody is signed in. */
  token?: string | (() => string | null);
  /** In place of `token`, by who remembers whose it is. */
  credentials?: () => Credentials | null;
  /** What the names begin with under which the browser stores things: one for each server. `spotter` if absent. */
  prefix?: string;
  /**
   * Whether to keep a copy of all that the server sends whole: true if absent. With `false` there are the records
   * alone that somebody asks for, and none of them before there is a connection.
   */
  sync?: boolean;
}

/** A client that connects, and goes on connecting until `connection.close()`. */
export function createRealtime<C = Channels>({
  protocol: described,
  url: address,
  namespace = "/",
  token,
  prefix = "spotter",
  credentials = remembered(token, `${prefix}.account`),
  sync = true,
}: CreateOptions<C>): Realtime<C> {
  const protocol = described as unknown as Protocol;
  const { origin: page = "null", href } = globalThis.location ?? {};
  const url = new URL(address ?? href ?? "http://localhost:5555");
  const socket = io(url.origin + namespace, {
    transports: ["websocket"],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
  });
  let isTold = false;
  socket.on("connect", () => {
    isTold = true;
  });
  socket.on("connect_error", ({ message }) => {
    if (isTold || globalThis.navigator?.onLine === false) return;
    isTold = true;
    const attempt = { url, namespace, message, page: page === "null" ? null : page };
    void import("./socket/diagnosis.js")
      .then(({ diagnosis }) => diagnosis(attempt))
      .then(console.error, () => {});
  });
  const realtime = new Realtime({
    socket,
    protocol,
    storage: new LocalOutboxStorage(protocol, prefix),
    sync,
    credentials,
  });
  const { connection } = realtime;
  if (token !== undefined)
    connection.account.subscribe(() =>
      deviceStorage.setOptional(`${prefix}.account`, connection.account.get() ?? ""),
    );
  globalThis.addEventListener?.("online", () => connection.networkChanged(true));
  globalThis.addEventListener?.("offline", () => connection.networkChanged(false));
  if (sync) void start(connection, new StateCache(prefix));
  else connection.open();
  void realtime.outbox.restore();
  return realtime as unknown as Realtime<C>;
}

/** Whose a token is, is what the server said when it was last shown. */
function remembered(token: CreateOptions["token"], key: string): () => Credentials | null {
  return () => {
    const shown = typeof token === "function" ? token() : token;
    return shown ? { token: shown, account: deviceStorage.get(key) || null } : null;
  };
}

/** Connects with what an earlier visit was told, and keeps what comes for the next one. */
async function start(connection: Connection, cache: StateCache): Promise<void> {
  const saved = await cache.load(connection.account.get());
  let kept: SavedState["owner"] | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    const state = connection.state.get();
    const owner = connection.account.get();
    if (state === empty) {
      kept = undefined;
      void cache.clear();
    } else if (state.cursor !== null) {
      kept = owner;
      void cache.save({ owner, state, session: connection.session.get() });
    }
  };
  const changed = () => {
    const isSameVisit = connection.account.get() === kept && connection.state.get() !== empty;
    if (!isSameVisit) return keep();
    // A busy server sends changes often; the device does not have to follow every time.
    resting ??= setTimeout(() => {
      resting = undefined;
      keep();
    }, SAVE_DELAY);
    return undefined;
  };
  connection.state.subscribe(changed);
  connection.session.subscribe(changed);
  // Somebody else may have signed in meanwhile.
  connection.open(saved?.owner === connection.account.get() ? saved : undefined);
}
