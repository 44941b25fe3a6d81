/** A client as an application has it: connected, and with what earlier visits left on the device. */
import { io } from "socket.io-client";
import { LocalOutboxStorage } from "./outbox/outbox-storage.js";
import type { Channels, Protocol } from "./protocol/protocol.js";
import { Realtime } from "./realtime.js";
import type { Credentials } from "./socket/connection-state.js";
import type { Connection } from "./socket/connection.js";
import { clearState, loadState, saveState } from "./socket/state-cache.js";
import type { SavedState } from "./socket/state-cache.js";
import { empty } from "./state/store.js";

/** What comes is stored this long after the first change, in milliseconds. */
const SAVE_DELAY = 1_000;

export interface CreateOptions<C = Channels> {
  protocol: Protocol<C>;
  /** Who connects; nobody by default. */
  credentials?: () => Credentials | null;
  /**
   * Whether to keep a copy of all that the server sends whole: true if absent. With `false` there are the records
   * alone that hooks ask for, and none of them before there is a connection.
   */
  sync?: boolean;
}

/** A client of the server that this page came from. */
export function createRealtime<C = Channels>({
  protocol,
  credentials,
  sync = true,
}: CreateOptions<C>): Realtime<C> {
  const socket = io({
    transports: ["websocket"],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
  });
  const realtime = new Realtime({
    socket,
    protocol,
    storage: new LocalOutboxStorage(protocol as unknown as Protocol),
    sync,
    ...(credentials && { credentials }),
  });
  addEventListener("online", () => realtime.connection.networkChanged(true));
  addEventListener("offline", () => realtime.connection.networkChanged(false));
  if (sync) void start(realtime.connection);
  else realtime.connection.open();
  void realtime.outbox.restore();
  return realtime;
}

/** Connects with what an earlier visit was told, and keeps what comes for the next one. */
async function start(connection: Connection): Promise<void> {
  const saved = await loadState(connection.account.get());
  let kept: SavedState["owner"] | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    const state = connection.state.get();
    const owner = connection.account.get();
    if (state === empty) {
      kept = undefined;
      void clearState();
    } else if (state.cursor !== null) {
      kept = owner;
      void saveState({ owner, state, session: connection.session.get() });
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
