import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSocket, settled } from "../../test/fake-socket";
import { MemoryStorage } from "../../test/memory-storage";
import { Realtime } from "./client";

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
const answer = (mode: object) => ({ epoch: "e", ...mode });
const ok = (data: object, seq: number) => ({ ok: true, data, errors: {}, meta: { seq, rev: seq } });

let socket: FakeSocket;
let storage: MemoryStorage;
let realtime: Realtime;

function make(): void {
  socket = new FakeSocket();
  realtime = new Realtime({ socket, storage });
}

function goLive(seq = 5): void {
  socket.accept();
  const coaches = [{ rev: 3, record: ada }];
  socket.receive("sync", answer({ mode: "snapshot", seq, snapshot: { coaches } }));
}

const coach = (id: number) => realtime.table("coaches").get()?.get(id)?.record;
const states = () => realtime.outbox.ops.get().map((op) => op.state);

beforeEach(() => {
  storage = new MemoryStorage();
  make();
});

describe("online", () => {
  beforeEach(() => goLive());

  it("shows an edit at once and sends it with an op and the rev it started from", () => {
    void realtime.mutate({ channel: "coaches", kind: "update", id: 1, data: { age: 31 } });
    expect(coach(1)).toEqual({ ...ada, age: 31 });
    expect(socket.sent).toHaveLength(1);
    expect(socket.last()).toMatchObject({
      event: "update_coach",
      args: [
        { id: 1, age: 31 },
        { op: expect.stringMatching(/^[0-9a-f-]{36}$/), base: 3 },
      ],
    });
  });

  it("keeps showing it between the ack and the change, then shows the server's", async () => {
    const outcome = realtime.mutate({
      channel: "coaches",
      kind: "update",
      id: 1,
      data: { age: 31 },
    });
    socket.last().ack(ok({ ...ada, age: 31, name: "Ada (server)" }, 6));
    await expect(outcome).resolves.toMatchObject({ status: "saved" });
    expect(coach(1)).toEqual({ ...ada, age: 31, name: "Ada (server)" });
    expect(states()).toEqual(["settled"]);
    expect(storage.saved.size).toBe(0);
    const record = { ...ada, age: 31 };
    const change = { channel: "coaches", type: "put", id: 1, rev: 6, record };
    socket.receive("changes", answer({ prev: 5, seq: 6, changes: [change] }));
    expect(states()).toEqual([]);
    expect(coach(1)).toEqual(record);
  });

  it("is not drawn again for changes elsewhere", () => {
    void realtime.mutate({ channel: "coaches", kind: "update", id: 1, data: { age: 31 } });
    const before = realtime.table("coaches").get();
    const record = { id: 4, name: "Squat", focus: "Legs", description: "Sit", video_link: "" };
    const change = { channel: "exercise_moves", type: "put", id: 4, rev: 6, record };
    socket.receive("changes", answer({ prev: 5, seq: 6, changes: [change] }));
    expect(realtime.table("exercise_moves").get()?.size).toBe(1);
    expect(realtime.table("coaches").get()).toBe(before);
  });

  it("takes a refused edit back, says why, and keeps it until a person has seen that", async () => {
    const edit = { channel: "coaches", kind: "update", id: 1, data: { age: 3 } } as const;
    const pending = realtime.mutate(edit);
    socket.last().ack({ ok: false, data: null, errors: { age: ["Too young."], errors: "No." } });
    const outcome = await pending;
    expect(outcome).toMatchObject({ status: "refused", ack: { errors: { age: ["Too young."] } } });
    expect(coach(1)).toBe(ada);
    expect(states()).toEqual(["parked"]);
    expect(storage.saved.size).toBe(1);
    if (outcome.status === "refused") outcome.seen();
    expect(states()).toEqual([]);
    expect(storage.saved.size).toBe(0);
  });

  it("sends edits one after the other", async () => {
    void realtime.mutate({ channel: "coaches", kind: "update", id: 1, data: { age: 31 } });
    void realtime.mutate({ channel: "coaches", kind: "update", id: 1, data: { age: 32 } });
    await settled();
    expect(socket.sent).toHaveLength(1);
    expect(coach(1)).toMatchObject({ age: 32 });
    socket.last().ack(ok({ ...ada, age: 31 }, 6));
    await settled();
    expect(socket.sent).toHaveLength(2);
    expect(socket.last().args).toMatchObject([{ id: 1, age: 32 }, { base: 6 }]);
  });

  it("leaves the base alone when somebody else wrote the same field in between", async () => {
    void realtime.mutate({ channel: "coaches", kind: "update", id: 1, data: { age: 31 } });
    void realtime.mutate({ channel: "coaches", kind: "update", id: 1, data: { name: "Adele" } });
    socket.last().ack(ok({ ...ada, age: 31, name: "Somebody else's" }, 7));
    await settled();
    expect(socket.last().args).toMatchObject([{ name: "Adele" }, { base: 3 }]);
  });

  it("gives a new record a provisional id, and edits of it the real one", async () => {
    void realtime.mutate({ channel: "coaches", kind: "new", data: { name: "Bo" } });
    const [created] = realtime.outbox.ops.get();
    const provisional = created?.id ?? 0;
    expect(provisional).toBeLessThan(0);
    expect(coach(provisional)).toMatchObject({ name: "Bo" });
    const data = { day: "Monday", hour: "900", coach: { id: provisional, name: "Bo" } };
    void realtime.mutate({ channel: "schedules", kind: "new", data });
    expect(socket.last()).toMatchObject({ event: "new_coach", args: [{ name: "Bo" }, {}] });
    expect(socket.last().args[0]).not.toHaveProperty("id");
    socket.last().ack(ok({ ...ada, id: 9, name: "Bo" }, 6));
    await settled();
    expect(socket.last()).toMatchObject({
      event: "new_schedule",
      args: [{ coach: { id: 9 } }, {}],
    });
    expect(coach(provisional)).toBeUndefined();
    expect(coach(9)).toMatchObject({ name: "Bo" });
  });

  it("waits and tries again when there were too many requests", async () => {
    vi.useFakeTimers();
    const outcome = realtime.mutate({ channel: "coaches", kind: "delete", id: 1 });
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
      channel: "coaches",
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
    const edit = { channel: "coaches", kind: "update", id: 1 } as const;
    await expect(realtime.mutate({ ...edit, data: { age: 31 } })).resolves.toEqual({
      status: "queued",
      kept: true,
    });
    await realtime.mutate({ ...edit, data: { name: "Adele" } });
    expect(coach(1)).toMatchObject({ age: 31, name: "Adele" });
    expect(socket.sent).toEqual([]);

    make();
    await realtime.outbox.restore();
    goLive();
    await settled();
    expect(coach(1)).toMatchObject({ age: 31, name: "Adele" });
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
    await realtime.mutate({ channel: "coaches", kind: "new", data: { name: "X" } });
    goLive();
    await settled();
    socket.last().ack({ ok: false, data: null, errors: { name: ["Too short."], errors: "No." } });
    await settled();
    expect(states()).toEqual(["parked"]);
    expect(storage.saved.size).toBe(1);
    expect(realtime.table("coaches").get()?.size).toBe(1);
    const [parked] = realtime.outbox.ops.get();
    realtime.outbox.retry(parked?.op ?? "", { data: { name: "Xena" } });
    expect(socket.last().args[0]).toEqual({ name: "Xena" });
    expect(socket.last().args[1]).not.toEqual({ op: parked?.op });
  });

  it("forgets a queued edit that is taken back", async () => {
    goLive();
    socket.drop();
    await realtime.mutate({ channel: "coaches", kind: "delete", id: 1 });
    expect(coach(1)).toBeUndefined();
    expect(realtime.outbox.discard(realtime.outbox.ops.get()[0]?.op ?? "")).toBe(true);
    expect(coach(1)).toBe(ada);
    goLive();
    expect(socket.sent).toEqual([]);
  });

  it("never sends an edit under somebody else's name", async () => {
    const rose = { id: null, name: "Rose", picture: "", username: "rose", role: "coach" };
    socket.accept({ data: "", access: "required", user: rose });
    socket.drop();
    await realtime.mutate({ channel: "coaches", kind: "new", data: { name: "Bo" } });
    socket.accept({ data: "", access: "required", user: { ...rose, username: "sam" } });
    socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot: {} }));
    expect(socket.sent).toEqual([]);
    socket.drop();
    socket.accept({ data: "", access: "required", user: rose });
    socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot: {} }));
    expect(socket.of("new_coach")).toHaveLength(1);
  });
});

describe("with a server that only sends arrays", () => {
  beforeEach(async () => {
    socket.accept();
    socket.receive("coaches", [ada]);
    socket.last().ack({ ok: false, data: null, errors: {} });
    await settled();
  });

  it("sends the data alone and shows the answer", async () => {
    const outcome = realtime.mutate({ channel: "coaches", kind: "new", data: { name: "Bo" } });
    expect(socket.last()).toMatchObject({ event: "new_coach", args: [{ name: "Bo" }] });
    expect(socket.last().args).toHaveLength(1);
    socket.last().ack({ ok: true, data: { ...ada, id: 2, name: "Bo" }, errors: {} });
    await outcome;
    expect(coach(2)).toMatchObject({ name: "Bo" });
    expect(states()).toEqual([]);
  });

  it("does not repeat a request whose answer was lost", async () => {
    const outcome = realtime.mutate({ channel: "coaches", kind: "new", data: { name: "Bo" } });
    socket.drop();
    await expect(outcome).resolves.toEqual({ status: "queued", kept: true });
    await settled();
    expect(states()).toEqual(["parked"]);
    socket.accept();
    socket.receive("coaches", [ada]);
    expect(socket.of("new_coach")).toHaveLength(1);
  });
});
