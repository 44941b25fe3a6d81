import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deviceStorage } from "./base/browser-storage.js";
import { createRealtime } from "./create-realtime.js";
import { FakeSocket } from "./testing/fake-socket.js";
import { protocol } from "./testing/test-protocol.js";

const given = vi.hoisted(() => ({ io: vi.fn<() => unknown>() }));
vi.mock("socket.io-client", () => given);

let socket: FakeSocket;

beforeEach(() => {
  socket = new FakeSocket();
  given.io.mockReturnValue(socket);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const url = "http://localhost:6000";
const said = () => vi.mocked(console.error).mock.calls.flat();
const fail = () => socket.receive("connect_error", new Error("websocket error"));

it("connects to the address and the namespace that are given, by websocket", () => {
  createRealtime({ protocol, url, namespace: "/gym", sync: false });
  const options = { transports: ["websocket"] };
  expect(given.io).toHaveBeenCalledWith(`${url}/gym`, expect.objectContaining(options));
});

it("says once why there is no connection", async () => {
  createRealtime({ protocol, url, sync: false });
  fail();
  fail();
  await vi.waitFor(() => expect(said()).toHaveLength(1));
  expect(said()[0]).toContain("Nothing answers at http://localhost:6000.");
});

it("says nothing of a connection that was there and is lost", async () => {
  createRealtime({ protocol, url, sync: false });
  socket.receive("connect");
  fail();
  await import("./socket/diagnosis.js");
  expect(said()).toEqual([]);
});

it("shows the token that there is at each connect, and remembers whose it is under its prefix", () => {
  let token: string | null = null;
  const open = () =>
    createRealtime({ protocol, url, token: () => token, prefix: "mine", sync: false });
  const realtime = open();
  expect(socket.handshake()).toEqual({ arrays: false });
  token = "t";
  expect(socket.handshake()).toEqual({ arrays: false, token: "t" });
  socket.accept({ data: "", access: "required", user: { username: "rose" } });
  expect(realtime.connection.account.get()).toBe("rose");
  expect(deviceStorage.get("mine.account")).toBe("rose");
  expect(open().connection.account.get()).toBe("rose");
});

it("stores edits under its prefix alone", () => {
  const realtime = createRealtime({ protocol, url, prefix: "mine", sync: false });
  void realtime.mutate({ channel: "people", kind: "new", data: { name: "Ada" } });
  const stored = Object.keys(localStorage).filter((key) => key.includes(".op."));
  expect(stored).toHaveLength(1);
  expect(stored[0]).toMatch(/^mine\.op\./);
});
