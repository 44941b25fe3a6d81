import { beforeEach, describe, expect, it, vi } from "vitest";
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import { MemoryOutboxStorage } from "../testing/memory-outbox-storage.js";
import { protocol } from "../testing/test-protocol.js";

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
const answer = (mode: object) => ({ epoch: "e", ...mode });
const ok = (data: object, seq: number) => ({ ok: true, data, errors: {}, meta: { seq, rev: seq } });
const edit = { channel: "people", kind: "update", id: 1, data: { age: 31 } } as const;

let socket: FakeSocket;
let realtime: Realtime;

function goLive(): void {
  socket.accept();
  const people = [{ rev: 3, record: ada }];
  socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot: { people } }));
}

beforeEach(() => {
  socket = new FakeSocket();
  realtime = new Realtime({ socket, protocol, storage: new MemoryOutboxStorage() });
});

describe("undo", () => {
  beforeEach(goLive);

  it("asks the server to undo the commit that an edit became, under an op of its own", async () => {
    const { op } = realtime.edit(edit);
    socket.last().ack(ok({ ...ada, age: 31 }, 6));
    await settled();
    const undone = realtime.undo.edit(op);
    await settled();
    const [sent] = socket.of("undo");
    expect(sent?.args).toEqual([{ seq: 6 }, { op: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    sent?.ack(ok(ada, 7));
    expect(await undone).toMatchObject({ ok: true });
  });

  it("drops an edit that is not sent yet", async () => {
    socket.drop();
    const { op } = realtime.edit(edit);
    expect(await realtime.undo.edit(op)).toMatchObject({ ok: true });
    expect(realtime.outbox.ops.get()).toEqual([]);
  });

  it("waits for the end of an edit that is on its way", async () => {
    const { op } = realtime.edit(edit);
    const undone = realtime.undo.edit(op);
    await settled();
    expect(socket.of("undo")).toEqual([]);
    socket.last().ack(ok({ ...ada, age: 31 }, 6));
    await settled();
    socket.of("undo")[0]?.ack(ok(ada, 7));
    expect(await undone).toMatchObject({ ok: true });
  });

  it("knows the commit of an edit that had waited for a connection", async () => {
    socket.drop();
    const { op, outcome } = realtime.edit(edit);
    expect(await outcome).toMatchObject({ status: "queued" });
    goLive();
    await settled();
    socket.of("update_person")[0]?.ack(ok({ ...ada, age: 31 }, 6));
    await settled();
    void realtime.undo.edit(op);
    await settled();
    expect(socket.of("undo")[0]?.args[0]).toEqual({ seq: 6 });
  });

  it("asks again under the same op when the answer was lost", async () => {
    const undone = realtime.undo.commit(6);
    await settled();
    socket.drop();
    await settled();
    goLive();
    await settled();
    const [first, second] = socket.of("undo");
    expect(second?.args).toEqual(first?.args);
    second?.ack(ok(ada, 7));
    expect(await undone).toMatchObject({ ok: true });
  });

  it("says at once that there is no connection", async () => {
    socket.drop();
    expect(await realtime.undo.commit(6)).toMatchObject({ ok: false, meta: { code: "offline" } });
    expect(socket.of("undo")).toEqual([]);
  });
});

it("without a journal there is nothing to undo, and nothing is overwritten", async () => {
  socket.accept();
  socket.answer("sync", { ok: false, errors: {}, meta: { code: "unknown_event" } });
  for (const channel of ["people", "visits", "tasks"]) {
    socket.receive(channel, channel === "people" ? [ada] : []);
  }
  await settled();
  const { op } = realtime.edit(edit);
  socket.last().ack({ ok: true, data: { ...ada, age: 31 }, errors: {} });
  await settled();
  const before = socket.sent.length;
  expect(await realtime.undo.edit(op)).toMatchObject({
    ok: false,
    meta: { code: "unknown_event" },
  });
  expect(socket.sent).toHaveLength(before);
});

describe("what is asked for twice in a moment", () => {
  beforeEach(goLive);
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));

  const sent = () => socket.of("new_person").length;
  const make = () => realtime.edit({ channel: "people", kind: "new", data: { name: "Bo" } });

  it("is done once, and both hear how it ends", async () => {
    const [one, two] = [make(), make()];
    expect(two.op).toBe(one.op);
    expect(sent()).toBe(1);
    socket.last().ack(ok({ ...ada, id: 2, name: "Bo" }, 6));
    expect(await two.outcome).toMatchObject({ status: "saved" });
  });

  it("is done again when a moment has gone by", async () => {
    make();
    socket.last().ack(ok({ ...ada, id: 2, name: "Bo" }, 6));
    await settled();
    make();
    expect(sent()).toBe(1);
    vi.setSystemTime(Date.now() + 1_100);
    make();
    await settled();
    expect(sent()).toBe(2);
  });

  it("is not done again as long as its answer takes", async () => {
    make();
    vi.setSystemTime(Date.now() + 5_000);
    make();
    await settled();
    expect(sent()).toBe(1);
  });

  it("is another edit if something was done to the record in between", async () => {
    const ages = [31, 32, 31].map((age) => realtime.edit({ ...edit, data: { age } }).op);
    expect(new Set(ages).size).toBe(3);
  });

  it("is a command once too", async () => {
    const [one, two] = [
      realtime.commands.send("do", { a: 1 }),
      realtime.commands.send("do", { a: 1 }),
    ];
    await settled();
    expect(socket.of("do")).toHaveLength(1);
    socket.last().ack({ ok: true, data: null, errors: {} });
    expect(await two).toBe(await one);
  });
});
