import { beforeEach, describe, expect, it, vi } from "vitest";
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import { MemoryOutboxStorage } from "../testing/memory-outbox-storage.js";
import { protocol } from "../testing/test-protocol.js";
import { writesOf } from "./op.js";

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
const answer = (mode: object) => ({ epoch: "e", ...mode });
const ok = (data: object, seq: number) => ({ ok: true, data, errors: {}, meta: { seq, rev: seq } });

let socket: FakeSocket;
let storage: MemoryOutboxStorage;
let realtime: Realtime;

function make(): void {
  socket = new FakeSocket();
  realtime = new Realtime({ socket, protocol, storage });
}

function goLive(seq = 5): void {
  socket.accept();
  const people = [{ rev: 3, record: ada }];
  socket.receive("sync", answer({ mode: "snapshot", seq, snapshot: { people } }));
}

const person = (id: number) => realtime.table("people").get()?.get(id)?.record;
const states = () => realtime.outbox.ops.get().map((op) => op.state);

beforeEach(() => {
  storage = new MemoryOutboxStorage();
  make();
});

describe("online", () => {
  beforeEach(() => goLive());

  it("shows an edit at once and sends it with an op and the rev it started from", () => {
    void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { age: 31 } });
    expect(person(1)).toEqual({ ...ada, age: 31 });
    expect(socket.sent).toHaveLength(1);
    expect(socket.last()).toMatchObject({
      event: "update_person",
      args: [
        { id: 1, age: 31 },
        { op: expect.stringMatching(/^[0-9a-f-]{36}$/), base: 3 },
      ],
    });
  });

  it("keeps showing it between the ack and the change, then shows the server's", async () => {
    const outcome = realtime.mutate({
      channel: "people",
      kind: "update",
      id: 1,
      data: { age: 31 },
    });
    socket.last().ack(ok({ ...ada, age: 31, name: "Ada (server)" }, 6));
    await expect(outcome).resolves.toMatchObject({ status: "saved" });
    expect(person(1)).toEqual({ ...ada, age: 31, name: "Ada (server)" });
    expect(states()).toEqual(["settled"]);
    expect(storage.saved.size).toBe(0);
    const record = { ...ada, age: 31 };
    const change = { channel: "people", type: "put", id: 1, rev: 6, record };
    socket.receive("changes", answer({ prev: 5, seq: 6, changes: [change] }));
    expect(states()).toEqual([]);
    expect(person(1)).toEqual(record);
  });

  it("is not drawn again for changes elsewhere", () => {
    void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { age: 31 } });
    const before = realtime.table("people").get();
    const record = { id: 4, name: "Squat", focus: "Legs", description: "Sit", video_link: "" };
    const change = { channel: "tasks", type: "put", id: 4, rev: 6, record };
    socket.receive("changes", answer({ prev: 5, seq: 6, changes: [change] }));
    expect(realtime.table("tasks").get()?.size).toBe(1);
    expect(realtime.table("people").get()).toBe(before);
  });

  it("takes a refused edit back, says why, and keeps it until a person has seen that", async () => {
    const edit = { channel: "people", kind: "update", id: 1, data: { age: 3 } } as const;
    const pending = realtime.mutate(edit);
    socket.last().ack({ ok: false, data: null, errors: { age: ["Too young."], errors: "No." } });
    const outcome = await pending;
    expect(outcome).toMatchObject({ status: "refused", ack: { errors: { age: ["Too young."] } } });
    expect(person(1)).toBe(ada);
    expect(states()).toEqual(["parked"]);
    expect(storage.saved.size).toBe(1);
    if (outcome.status === "refused") outcome.dismiss();
    expect(states()).toEqual([]);
    expect(storage.saved.size).toBe(0);
  });

  it("sends edits one after the other", async () => {
    void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { age: 31 } });
    void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { age: 32 } });
    await settled();
    expect(socket.sent).toHaveLength(1);
    expect(person(1)).toMatchObject({ age: 32 });
    socket.last().ack(ok({ ...ada, age: 31 }, 6));
    await settled();
    expect(socket.sent).toHaveLength(2);
    expect(socket.last().args).toMatchObject([{ id: 1, age: 32 }, { base: 6 }]);
  });

  it("leaves the base alone when somebody else wrote the same field in between", async () => {
    void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { age: 31 } });
    void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { name: "Adele" } });
    socket.last().ack(ok({ ...ada, age: 31, name: "Somebody else's" }, 7));
    await settled();
    expect(socket.last().args).toMatchObject([{ name: "Adele" }, { base: 3 }]);
  });

  it("gives a new record a provisional id, and edits of it the real one", async () => {
    void realtime.mutate({ channel: "people", kind: "new", data: { name: "Bo" } });
    const [created] = realtime.outbox.ops.get().flatMap(writesOf);
    const provisional = created?.id ?? 0;
    expect(provisional).toBeLessThan(0);
    expect(person(provisional)).toMatchObject({ name: "Bo" });
    const data = { day: "Monday", hour: "900", person: { id: provisional, name: "Bo" } };
    void realtime.mutate({ channel: "visits", kind: "new", data });
    expect(socket.last()).toMatchObject({ event: "new_person", args: [{ name: "Bo" }, {}] });
    expect(socket.last().args[0]).not.toHaveProperty("id");
    socket.last().ack(ok({ ...ada, id: 9, name: "Bo" }, 6));
    await settled();
    expect(socket.last()).toMatchObject({
      event: "new_visit",
      args: [{ person: { id: 9 } }, {}],
    });
    expect(person(provisional)).toBeUndefined();
    expect(person(9)).toMatchObject({ name: "Bo" });
  });

  it("waits and tries again when there were too many requests", async () => {
    vi.useFakeTimers();
    const outcome = realtime.mutate({ channel: "people", kind: "delete", id: 1 });
    const meta = { code: "rate_limited", retry_after: 3 };
    socket.last().ack({ ok: false, data: null, errors: { errors: "Slow down." }, meta });
    await settled();
    vi.advanceTimersByTime(2_900);
    expect(socket.sent).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(socket.sent).toHaveLength(2);
    socket.last().ack(ok(ada, 6));
    await expect(outcome).resolves.toMatchObject({ status: "saved" });
    vi.useRealTimers();
  });

  it("sends the same op again when the answer was lost", async () => {
    const outcome = realtime.mutate({
      channel: "people",
      kind: "update",
      id: 1,
      data: { age: 31 },
    });
    socket.drop();
    await expect(outcome).resolves.toEqual({ status: "queued", kept: true });
    expect(states()).toEqual(["queued"]);
    goLive(6);
    await settled();
    expect(socket.sent).toHaveLength(2);
    expect(socket.sent[1]?.args).toEqual(socket.sent[0]?.args);
  });
});

describe("offline", () => {
  it("queues in order, sends nothing, survives a reload, and then sends each once", async () => {
    goLive();
    socket.drop();
    const edit = { channel: "people", kind: "update", id: 1 } as const;
    await expect(realtime.mutate({ ...edit, data: { age: 31 } })).resolves.toEqual({
      status: "queued",
      kept: true,
    });
    await realtime.mutate({ ...edit, data: { name: "Adele" } });
    expect(person(1)).toMatchObject({ age: 31, name: "Adele" });
    expect(socket.sent).toEqual([]);

    make();
    await realtime.outbox.restore();
    goLive();
    await settled();
    expect(person(1)).toMatchObject({ age: 31, name: "Adele" });
    expect(socket.sent).toHaveLength(1);
    socket.last().ack(ok({ ...ada, age: 31 }, 6));
    await settled();
    socket.last().ack(ok({ ...ada, age: 31, name: "Adele" }, 7));
    await settled();
    expect(socket.sent.map((sent) => sent.args[0])).toEqual([
      { id: 1, age: 31 },
      { id: 1, name: "Adele" },
    ]);
    expect(storage.saved.size).toBe(0);
  });

  it("parks what is refused later, until somebody decides", async () => {
    await realtime.mutate({ channel: "people", kind: "new", data: { name: "X" } });
    goLive();
    await settled();
    socket.last().ack({ ok: false, data: null, errors: { name: ["Too short."], errors: "No." } });
    await settled();
    expect(states()).toEqual(["parked"]);
    expect(storage.saved.size).toBe(1);
    expect(realtime.table("people").get()?.size).toBe(1);
    const [parked] = realtime.outbox.ops.get();
    realtime.outbox.retry(parked?.op ?? "", { data: { name: "Xena" } });
    expect(socket.last().args[0]).toEqual({ name: "Xena" });
    expect(socket.last().args[1]).not.toEqual({ op: parked?.op });
  });

  it("forgets a queued edit that is taken back", async () => {
    goLive();
    socket.drop();
    await realtime.mutate({ channel: "people", kind: "delete", id: 1 });
    expect(person(1)).toBeUndefined();
    expect(realtime.outbox.discard(realtime.outbox.ops.get()[0]?.op ?? "")).toBe(true);
    expect(person(1)).toBe(ada);
    goLive();
    expect(socket.sent).toEqual([]);
  });

  it("never sends an edit under somebody else's name", async () => {
    const rose = { id: null, name: "Rose", picture: "", username: "rose", role: "staff" };
    socket.accept({ data: "", access: "required", user: rose });
    socket.drop();
    await realtime.mutate({ channel: "people", kind: "new", data: { name: "Bo" } });
    socket.accept({ data: "", access: "required", user: { ...rose, username: "sam" } });
    socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot: {} }));
    expect(socket.sent).toEqual([]);
    socket.drop();
    socket.accept({ data: "", access: "required", user: rose });
    socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot: {} }));
    expect(socket.of("new_person")).toHaveLength(1);
  });
});
