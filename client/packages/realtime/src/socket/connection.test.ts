import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Change } from "../protocol/messages.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import { protocol } from "../testing/test-protocol.js";
import { Connection } from "./connection.js";

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
const put = (name: string, rev: number): Change => ({
  channel: "people",
  type: "put",
  id: 1,
  rev,
  record: { ...ada, name },
});
const snapshot = (seq: number, epoch = "e") => ({
  mode: "snapshot",
  epoch,
  seq,
  snapshot: { people: [{ rev: 1, record: ada }] },
});

let socket: FakeSocket;
let connection: Connection;
const name = () => connection.state.get().tables.people?.get(1)?.record.name;

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  connection = new Connection(socket, protocol);
  connection.open();
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
});

describe("with a server that syncs", () => {
  it("asks for the difference in the handshake, and sends no request of its own", () => {
    expect(socket.handshake()).toEqual({ sync: true });
    socket.accept();
    socket.receive("sync", snapshot(5));
    expect(connection.mode.get()).toBe("synced");
    expect(socket.handshake()).toEqual({ sync: { epoch: "e", seq: 5 } });
    expect(socket.sent).toEqual([]);
  });

  it("applies events in order and tells whose they were", () => {
    const seen: Change[] = [];
    connection.onApplied = (changes) => seen.push(...changes);
    socket.accept();
    socket.receive("sync", snapshot(5));
    socket.receive("changes", { epoch: "e", prev: 5, seq: 6, changes: [put("Bea", 6)] });
    expect(name()).toBe("Bea");
    expect(seen).toEqual([put("Bea", 6)]);
    expect(socket.sent).toEqual([]);
  });

  it("lets copies follow by the rule of the server that it is connected to", () => {
    const slot = { id: 7, day: "Monday", hour: "900", person: { id: 1, name: "Ada" } };
    const both = snapshot(5);
    Object.assign(both.snapshot, { visits: [{ rev: 2, record: slot }] });
    const shown = () => connection.state.get().tables.visits?.get(7);
    socket.accept({
      embeds: { visits: { person: { channel: "people", fields: ["id", "name"] } } },
    });
    socket.receive("sync", both);
    socket.receive("changes", { epoch: "e", prev: 5, seq: 6, changes: [put("Bea", 6)] });
    expect(shown()).toEqual({ rev: 2, record: { ...slot, person: { id: 1, name: "Bea" } } });
    socket.drop();
    socket.accept();
    socket.receive("changes", { epoch: "e", prev: 6, seq: 7, changes: [put("Cleo", 7)] });
    expect(shown()?.record.person.name).toBe("Bea");
  });

  it("asks once when an event is missing, however many come before the answer", async () => {
    socket.accept();
    socket.receive("sync", snapshot(5));
    socket.receive("changes", { epoch: "e", prev: 7, seq: 8, changes: [put("Cy", 8)] });
    socket.receive("changes", { epoch: "e", prev: 8, seq: 9, changes: [put("Di", 9)] });
    expect(socket.sent.map((sent) => [sent.event, sent.args])).toEqual([
      ["sync", [{ epoch: "e", seq: 5 }]],
    ]);
    expect(name()).toBe("Ada");
    const delta = { mode: "delta", epoch: "e", seq: 9, changes: [put("Di", 9)] };
    socket.last().ack({ ok: true, data: delta, errors: {} });
    await settled();
    expect(name()).toBe("Di");
  });

  it("starts over when the server's journal is another one", async () => {
    socket.accept();
    socket.receive("sync", snapshot(5));
    socket.receive("changes", { epoch: "f", prev: 1, seq: 2, changes: [] });
    socket.last().ack({ ok: true, data: snapshot(2, "f"), errors: {} });
    await settled();
    expect(connection.state.get().cursor).toEqual({ epoch: "f", seq: 2 });
  });

  it("connects anew when the server has been silent for too long", () => {
    socket.accept();
    socket.receive("sync", snapshot(5));
    vi.advanceTimersByTime(16_000);
    expect(connection.status.get().status).toBe("reconnecting");
    expect(socket.active).toBe(true);
  });

  it("is not restarted as long as the server gives signs of life", () => {
    socket.accept();
    socket.receive("sync", snapshot(5));
    for (let beat = 0; beat < 6; beat += 1) {
      vi.advanceTimersByTime(5_000);
      socket.receive("changes", { epoch: "e", prev: 5, seq: 5, changes: [] });
    }
    expect(connection.status.get().status).toBe("live");
  });
});

describe("with a server that only sends arrays", () => {
  it("asks for sync once, and lives on arrays when that is unknown", async () => {
    socket.accept();
    socket.receive("people", [ada]);
    socket.receive("visits", []);
    expect(socket.sent.map((sent) => sent.event)).toEqual(["sync"]);
    expect(name()).toBe("Ada");
    socket.last().ack({ ok: false, data: null, errors: { errors: "Unknown event." } });
    await settled();
    expect(connection.mode.get()).toBe("plain");
    socket.receive("people", [{ ...ada, name: "Bea" }]);
    expect(name()).toBe("Bea");
    expect(socket.sent).toHaveLength(1);
  });
});

describe("status", () => {
  it("goes from live over reconnecting to offline, and back", () => {
    socket.accept();
    expect(connection.status.get().status).toBe("live");
    socket.drop();
    expect(connection.status.get().status).toBe("reconnecting");
    vi.advanceTimersByTime(5_001);
    expect(connection.status.get().status).toBe("offline");
    socket.accept();
    expect(connection.status.get().status).toBe("live");
  });

  it("comes back after the server hung up", () => {
    socket.accept();
    socket.active = false;
    socket.drop();
    expect(socket.active).toBe(false);
    vi.advanceTimersByTime(1_001);
    expect(socket.active).toBe(true);
  });

  it("answers a request itself when the connection goes", async () => {
    socket.accept();
    const answer = connection.request("history", {});
    socket.drop();
    await expect(answer).resolves.toMatchObject({ ok: false, meta: { code: "offline" } });
  });

  it("knows when the server takes the connection for somebody else's", () => {
    const rose = { id: 1, name: "Rose", picture: "", username: "rose", role: "staff" };
    socket.accept({ data: "", access: "required", user: rose });
    expect(connection.session.get()?.user).toEqual(rose);
    socket.receive("session", { user: null });
    expect(connection.session.get()).toMatchObject({ access: "required", user: null });
  });

  it("shows one user nothing of what another one saw", () => {
    socket.accept();
    socket.receive("sync", snapshot(5));
    connection.reopen();
    expect(connection.state.get().tables).toEqual({});
    expect(socket.handshake()).toEqual({ sync: true });
  });
});
