import { Realtime } from "@spotter/realtime";
import { FakeSocket, MemoryOutboxStorage, settled } from "@spotter/realtime/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { protocol } from "../protocol";
import { signIn, signOut } from "./session";
import { storedToken, storeToken } from "./token";

const rose = { id: 1, name: "Rose", picture: "", username: "rose", role: "coach" } as const;

let socket: FakeSocket;
let realtime: Realtime;

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  realtime = new Realtime({
    socket,
    protocol,
    storage: new MemoryOutboxStorage(),
    credentials: storedToken,
  });
  realtime.connection.open();
});

afterEach(() => {
  realtime.connection.close();
  vi.useRealTimers();
});

it("signs in who was quicker than the connection", async () => {
  const signing = signIn(realtime, "rose", "secret");
  await settled();
  expect(socket.sent).toEqual([]);
  socket.accept();
  await settled();
  socket.last().ack({ ok: true, data: rose, errors: {}, token: "t" });
  expect(await signing).toMatchObject({ ok: true });
  expect(storedToken()).toEqual({ token: "t", account: "rose" });
});

it("says that there is no connection once that has taken long enough", async () => {
  const signing = signIn(realtime, "rose", "secret");
  vi.advanceTimersByTime(5_001);
  expect(await signing).toMatchObject({ ok: false, meta: { code: "offline" } });
});

it("ends a session on the server too if the page is about to be connected", async () => {
  storeToken({ token: "t", account: "rose" });
  const leaving = signOut(realtime, "keep");
  expect(storedToken()).toBeNull();
  socket.accept({ user: rose });
  await settled();
  expect(socket.of("logout")).toHaveLength(1);
  socket.last().ack({ ok: true, data: null, errors: {} });
  await leaving;
  expect(realtime.connection.account.get()).toBeNull();
});
