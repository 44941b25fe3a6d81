/** Several edits that are one: done all or not at all, shown at once, sent once, refused and undone as a whole. */
import { beforeEach, describe, expect, it } from "vitest";
import { writeErrors } from "../protocol/messages.js";
import { settled } from "../testing/fake-socket.js";
import {
  ada,
  goLive,
  openPage,
  ops,
  realtime,
  reload,
  socket,
  states,
  storage,
  stored,
} from "../testing/test-page.js";
import { writesOf } from "./op.js";

const bo = { ...ada, id: 2, name: "Bo" };
const grow = { channel: "people", kind: "update", id: 1, data: { age: 31 } } as const;
const join = { channel: "people", kind: "new", data: { name: "Bo", age: 20 } } as const;
const done = (seq: number, ...data: object[]) => ({
  ok: true,
  data,
  errors: {},
  meta: { seq, revs: data.map(() => seq) },
});
const shown = () => [...(realtime.table("people").get()?.values() ?? [])];
const writes = () => (socket.last().args[0] as { writes: object[] }).writes;

beforeEach(openPage);

describe("a batch", () => {
  it("shows at once, and is one request under one op, each write with its base", () => {
    goLive();
    const { op } = realtime.batch([grow, join, { channel: "visits", kind: "delete", id: 7 }]);
    expect(shown().map(({ record }) => record)).toMatchObject([{ id: 1, age: 31 }, { name: "Bo" }]);
    expect(socket.sent).toHaveLength(1);
    expect(socket.last()).toMatchObject({ event: "batch", args: [{}, { op }] });
    expect(writes()).toEqual([
      { event: "update_person", data: { id: 1, age: 31 }, base: 3 },
      { event: "new_person", data: { name: "Bo", age: 20 } },
      { event: "delete_visit", data: { id: 7 } },
    ]);
  });

  it("shows what the server made of it until the changes are there, each record with its rev", async () => {
    goLive();
    const { outcome } = realtime.batch([grow, join]);
    socket.last().ack(done(6, { ...ada, age: 31 }, bo));
    expect(await outcome).toMatchObject({ status: "saved", ack: { data: [{ id: 1 }, { id: 2 }] } });
    expect(states()).toEqual(["settled"]);
    expect(shown()).toMatchObject([
      { rev: 6, record: { id: 1, age: 31 } },
      { rev: 6, record: { id: 2, name: "Bo" } },
    ]);
    const change = { channel: "people", type: "put", rev: 6 };
    const changes = [{ ...ada, age: 31 }, bo].map((record) => ({
      ...change,
      id: record.id,
      record,
    }));
    socket.receive("changes", { epoch: "e", prev: 5, seq: 6, changes });
    expect(states()).toEqual([]);
    expect(shown().map(({ record }) => record)).toEqual([{ ...ada, age: 31 }, bo]);
  });

  it("is taken back as a whole when one write is refused, and tells which and why", async () => {
    goLive();
    const { outcome } = realtime.batch([grow, join]);
    const wrong = { name: ["Is taken."], errors: "Name: Is taken." };
    const errors = { writes: { "1": wrong }, errors: "Write 2 (new person): Name: Is taken." };
    socket.last().ack({ ok: false, data: null, errors, meta: { code: "invalid" } });
    const ended = await outcome;
    expect(shown()).toEqual([{ rev: 3, record: ada }]);
    expect(states()).toEqual(["parked"]);
    expect(ended.status === "refused" && [...writeErrors(ended.ack.errors)]).toEqual([[1, wrong]]);
    if (ended.status === "refused") ended.dismiss();
    expect(states()).toEqual([]);
  });

  it("of which one write is a conflict goes again with that one on top of what is there now", async () => {
    goLive();
    const { op, outcome } = realtime.batch([join, grow]);
    const current = { ...ada, age: 40 };
    const meta = { code: "conflict", current, rev: 9, fields: ["age"], actor: "ben" };
    const errors = { writes: { "1": { errors: "No." } }, errors: "No." };
    socket.last().ack({ ok: false, data: null, errors, meta });
    expect(await outcome).toMatchObject({ status: "refused", ack: { meta } });
    realtime.outbox.retry(op, { base: 9, before: current }, 1);
    await settled();
    expect(writes()).toMatchObject([{ event: "new_person" }, { data: { age: 31 }, base: 9 }]);
    expect(socket.last().args[1]).not.toEqual({ op });
  });

  it("made twice in a moment is one, and another one is another", () => {
    goLive();
    expect(realtime.batch([grow, join]).op).toBe(realtime.batch([grow, join]).op);
    expect(realtime.batch([join, grow]).op).not.toBe(realtime.batch([grow, join]).op);
  });

  it("is undone as the one commit that it is", async () => {
    goLive();
    const { op } = realtime.batch([grow, join]);
    socket.last().ack(done(6, { ...ada, age: 31 }, bo));
    await settled();
    void realtime.undo.edit(op);
    await settled();
    expect(socket.of("undo").map(({ args }) => args[0])).toEqual([{ seq: 6 }]);
  });
});

describe("a batch without a connection", () => {
  it("is one entry of the queue, over a reload too, and goes out once", async () => {
    goLive();
    socket.drop();
    const { op, outcome } = realtime.batch([grow, join]);
    expect(await outcome).toEqual({ status: "queued", kept: true });
    expect(storage.saved.size).toBe(1);
    await reload();
    goLive();
    await settled();
    expect(shown().map(({ record }) => record)).toMatchObject([{ age: 31 }, { name: "Bo" }]);
    expect(socket.of("batch")).toHaveLength(1);
    expect(socket.last().args[1]).toEqual({ op });
    socket.last().ack(done(6, { ...ada, age: 31 }, bo));
    await settled();
    expect(storage.saved.size).toBe(0);
  });

  it("whose answer was lost goes out again under the same op", async () => {
    goLive();
    const { outcome } = realtime.batch([grow, join]);
    const first = socket.last().args;
    socket.drop();
    expect(await outcome).toMatchObject({ status: "queued" });
    await settled();
    goLive();
    await settled();
    expect(socket.of("batch").map(({ args }) => args)).toEqual([first, first]);
    socket.last().ack({ ...done(6, { ...ada, age: 31 }, bo), meta: { seq: 6, replayed: true } });
    await settled();
    expect(shown()).toMatchObject([{ rev: 6 }, { rev: 6, record: { id: 2 } }]);
  });

  it("makes records that later edits name, and names those that earlier ones make", async () => {
    goLive();
    socket.drop();
    void realtime.edit({ channel: "people", kind: "new", data: { name: "Cy" } });
    const [cy] = ops().flatMap(writesOf);
    const visit = (person: number) =>
      ({
        channel: "visits",
        kind: "new",
        data: { day: "Monday", person: { id: person } },
      }) as const;
    realtime.batch([join, { ...join, data: { name: "Di" } }, visit(cy?.id ?? 0)]);
    const ids = ops()
      .flatMap(writesOf)
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    void realtime.edit(visit(ids[2] ?? 0));
    void realtime.edit({ ...grow, id: ids[1] ?? 0 });
    goLive();
    await settled();
    socket.last().ack({ ok: true, data: { ...ada, id: 8 }, errors: {}, meta: { seq: 6, rev: 6 } });
    await settled();
    expect(writes()[2]).toMatchObject({ data: { person: { id: 8 } } });
    socket.last().ack(done(7, bo, { ...ada, id: 3 }, { id: 1 }));
    await settled();
    expect(socket.last()).toMatchObject({ event: "new_visit", args: [{ person: { id: 3 } }, {}] });
    socket.last().ack({ ok: true, data: { id: 2 }, errors: {}, meta: { seq: 8, rev: 8 } });
    await settled();
    expect(socket.last()).toMatchObject({ event: "update_person", args: [{ id: 2, age: 31 }, {}] });
  });

  it("moves the bases of later edits along", async () => {
    goLive();
    realtime.batch([grow, join]);
    void realtime.edit({ ...grow, data: { name: "Adele" } });
    socket.last().ack(done(6, { ...ada, age: 31 }, bo));
    await settled();
    expect(socket.last().args).toMatchObject([{ id: 1, name: "Adele" }, { base: 6 }]);
  });

  it("keeps no write-only value on the device, and waits for it to be typed again", async () => {
    goLive();
    socket.drop();
    const { outcome } = realtime.batch([
      grow,
      { ...join, data: { name: "Bo", password: "marker" } },
    ]);
    expect(await outcome).toEqual({ status: "queued", kept: false });
    expect(stored()).not.toContain("marker");
    await reload();
    goLive();
    expect(ops()).toMatchObject([{ state: "parked", withheld: ["password"] }]);
    realtime.outbox.retry(ops()[0]?.op ?? "", { data: { name: "Bo", password: "again" } }, 1);
    await settled();
    expect(writes()).toMatchObject([{}, { data: { name: "Bo", password: "again" } }]);
  });
});

describe("check", () => {
  it("asks what an edit would do, and changes nothing", async () => {
    goLive();
    const answer = realtime.check(grow);
    expect(shown()).toEqual([{ rev: 3, record: ada }]);
    expect(socket.last()).toMatchObject({
      event: "update_person",
      args: [
        { id: 1, age: 31 },
        { check: true, base: 3 },
      ],
    });
    const warned = { ok: true, data: ada, errors: {}, meta: { warnings: ["Old."] } };
    socket.last().ack(warned);
    expect(await answer).toEqual(warned);
    expect(ops()).toEqual([]);
  });

  it("of a batch is answered for every write", async () => {
    goLive();
    void realtime.check([grow, join]);
    expect(socket.last()).toMatchObject({ event: "batch", args: [{}, { check: true }] });
    expect(writes()).toHaveLength(2);
    socket.drop();
    expect(await realtime.check(join)).toMatchObject({ ok: false, meta: { code: "offline" } });
  });
});
