/** A page that reads parts of channels, whose server is the test. */
import type { Where } from "../protocol/where.js";
import type { Records } from "../queries/queries.js";
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "./fake-socket.js";
import type { Sent } from "./fake-socket.js";
import { loadQueries } from "./load-queries.js";
import { MemoryOutboxStorage } from "./memory-outbox-storage.js";
import { protocol } from "./test-protocol.js";
import type { Visit } from "./test-protocol.js";

// A test asks and looks in the same moment.
loadQueries();

const rose = { id: null, name: "Rose", picture: "", username: "rose", role: "staff" };

export let socket: FakeSocket;
export let realtime: Realtime;

/** A page beside whose whole channels there is `visits`, which is big; or, without `sync`, one with parts alone. */
export function openPage(sync = true): void {
  socket = new FakeSocket();
  const storage = new MemoryOutboxStorage();
  realtime = new Realtime({ socket, protocol: { ...protocol, big: ["visits"] }, storage, sync });
}

export function connect(seq = 5, user: object | null = rose, access = "open", epoch = "e"): void {
  socket.accept({ data: "", access, user, epoch });
  if ("sync" in socket.handshake())
    socket.receive("sync", { mode: "snapshot", epoch, seq, snapshot: { people: [], tasks: [] } });
}

export const visit = (id: number, day = "Monday", hour = "900", person = 1): Visit => ({
  id,
  day,
  hour,
  person: { id: person, name: `Person ${person}` },
});

export const snapshot = (seq: number, ...visits: Visit[]) => ({
  mode: "snapshot",
  epoch: "e",
  seq,
  snapshot: { visits: visits.map((record) => ({ rev: 1, record })) },
});

export const put = (record: Visit, rev: number) => ({
  channel: "visits",
  type: "put",
  id: record.id,
  rev,
  record,
});

export const del = (id: number, rev: number) => ({
  channel: "visits",
  type: "del",
  id,
  rev,
  record: null,
});

/** The server says what the commits from `prev` to `seq` did. */
export function change(prev: number, seq: number, ...changes: object[]): void {
  socket.receive("changes", { epoch: "e", prev, seq, changes });
}

/** Answers a request; lets what follows from it happen. */
export async function answer(sent: Sent | undefined, data: object, meta = {}): Promise<void> {
  sent?.ack({ ok: true, data, errors: {}, meta });
  await settled();
}

export async function refuse(sent: Sent | undefined, code: string, more = {}): Promise<void> {
  sent?.ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code, ...more } });
  await settled();
}

/** A component that shows a part, and what ends it. */
export function look(where: Where<Visit> = {}): { records: Records; leave: () => void } {
  const records = realtime.queries.records("visits", where);
  return { records, leave: records.subscribe(() => {}) };
}

export const idsOf = (records: Records) => {
  const table = records.get();
  return table && [...table.keys()];
};

/** What was asked of a kind, without opts. */
export const asked = (event: string) => socket.of(event).map(({ args }) => args[0]);
