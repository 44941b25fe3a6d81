import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection } from "../socket/connection.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import { protocol } from "../testing/test-protocol.js";
import { whileVisible } from "./page-visibility.js";
import { Presence } from "./presence.js";
import type { Present } from "./presence.js";

let socket: FakeSocket;
let presence: Presence;

const connected = (user: object | null = null, access = "open") =>
  socket.accept({ data: "", sid: "own", access, user });
const sync = () => socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot: {} });

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  presence = new Presence(new Connection(socket, protocol));
  connected();
  sync();
});

afterEach(() => vi.useRealTimers());

function present(sid: string, name: string, id: number | null = null): Present {
  return { sid, name, since: 1, editing: id === null ? null : { channel: "people", id } };
}

const hear = (...users: Present[]) => socket.receive("presence", { users });
const said = () => socket.of("editing").map(({ args }) => (args[0] as { on: boolean }).on);

describe("what the server is told", () => {
  beforeEach(() => socket.answer("editing", { ok: true, data: null, errors: {} }));

  it("says that a record is edited, says it again in time, and says when it is over", () => {
    const stop = presence.edit("people", 3);
    expect(socket.last().args[0]).toEqual({ channel: "people", id: 3, on: true });
    vi.advanceTimersByTime(12_500);
    socket.receive("changes", { epoch: "e", prev: 1, seq: 1, changes: [] });
    vi.advanceTimersByTime(12_500);
    expect(said()).toEqual([true, true, true]);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(said()).toEqual([true, true, true, false]);
  });

  it("says it again to a new connection, after the sync, and to a server that knows us anew", () => {
    const stop = presence.edit("people", 3);
    socket.drop();
    connected();
    expect(said()).toEqual([true]);
    sync();
    expect(said()).toEqual([true, true]);
    socket.receive("session", { user: null });
    expect(said()).toEqual([true, true, true]);
    stop();
    connected();
    sync();
    expect(said()).toEqual([true, true, true, false]);
  });

  it("says nothing while the page is hidden", () => {
    const visible = vi.spyOn(document, "visibilityState", "get");
    const show = (state: DocumentVisibilityState) => {
      visible.mockReturnValue(state);
      document.dispatchEvent(new Event("visibilitychange"));
    };
    const stop = whileVisible(() => presence.edit("people", 3));
    show("hidden");
    vi.advanceTimersByTime(13_000);
    expect(said()).toEqual([true, false]);
    show("visible");
    expect(said()).toEqual([true, false, true]);
    stop();
    show("hidden");
    show("visible");
    expect(said()).toEqual([true, false, true, false]);
  });
});

it("asks a server without presence once", async () => {
  const stop = presence.edit("people", 3);
  socket.last().ack({ ok: false, data: null, errors: {}, meta: { code: "unknown_event" } });
  await settled();
  vi.advanceTimersByTime(60_000);
  stop();
  presence.edit("people", 4)();
  expect(said()).toEqual([true]);
});

describe("what the server tells", () => {
  it("knows who is there, and nobody without a connection", () => {
    const rose = present("s", "Rose", 3);
    hear(rose);
    expect(presence.users.get()).toEqual([rose]);
    expect(presence.editorsOf("people", 3)).toEqual(["Rose"]);
    socket.drop();
    expect(presence.users.get()).toEqual([]);
    expect(presence.editorsOf("people", 3)).toEqual([]);
  });

  it("tells nobody about themselves, and of each other once", () => {
    socket.receive("session", { user: { name: "Ada" } });
    hear(
      present("own", "Ada", 3),
      present("tab", "Ada", 3),
      present("r1", "Rose", 3),
      present("r2", "Rose", 3),
      present("b", "Ben", 3),
      present("s", "Someone", 4),
    );
    expect(presence.editorsOf("people", 3)).toEqual(["Rose", "Ben"]);
    expect(presence.editorsOf("people", 4)).toEqual(["Someone"]);
    expect(presence.editorsOf("visits", 3)).toEqual([]);
  });

  it("keeps what is the same, so that nothing is drawn again", () => {
    hear(present("r", "Rose", 3));
    const before = presence.editorsOf("people", 3);
    hear(present("r", "Rose", 3), present("b", "Ben", 4));
    expect(presence.editorsOf("people", 3)).toBe(before);
    expect(presence.editorsOf("people", 9)).toBe(presence.editorsOf("people", 8));
  });

  it("forgets the others when one signs out where only those who signed in meet", () => {
    socket.drop();
    connected({ name: "Ada" }, "public-read");
    hear(present("r", "Rose", 3));
    expect(presence.users.get()).toHaveLength(1);
    socket.receive("session", { user: null });
    expect(presence.users.get()).toEqual([]);
  });
});
