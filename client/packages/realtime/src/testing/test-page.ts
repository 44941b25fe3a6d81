/** A page of somebody who is signed in, whose server is the test. */
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "./fake-socket.js";
import { MemoryOutboxStorage } from "./memory-outbox-storage.js";
import { protocol } from "./test-protocol.js";

export const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
export const rose = { id: null, name: "Rose", picture: "", username: "rose", role: "staff" };
export const ben = { ...rose, name: "Ben", username: "ben" };
const snapshot = { epoch: "e", mode: "snapshot", seq: 5 };
export const edit = { channel: "people", kind: "update", id: 1, data: { age: 31 } } as const;

export let socket: FakeSocket;
export let storage: MemoryOutboxStorage;
export let realtime: Realtime;

function make(): void {
  socket = new FakeSocket();
  const credentials = () => ({ token: "t", account: "rose" });
  realtime = new Realtime({ socket, protocol, storage, credentials });
}

export function goLive(user: object | null = rose, access = "public-read"): void {
  socket.accept({ data: "", access, user });
  const people = [{ rev: 3, record: ada }];
  socket.receive("sync", { ...snapshot, snapshot: { people } });
}

export async function reload(): Promise<void> {
  make();
  await realtime.outbox.restore();
}

export async function refuse(code: string): Promise<void> {
  socket.last().ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code } });
  await settled();
}

export const ops = () => realtime.outbox.ops.get();
export const states = () => ops().map((op) => op.state);
export const stored = () => [...storage.saved.values()].join();
export const ages = () =>
  socket.of("update_person").map(({ args }) => (args[0] as { age: number }).age);

/** Begins a test: nothing is stored, and the page is not connected. */
export function openPage(): void {
  storage = new MemoryOutboxStorage();
  make();
}
