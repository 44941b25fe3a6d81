/** One's own edits in parts: they move records in and out at once, and back if they are refused. */
import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../testing/fake-socket.js";
import {
  answer,
  change,
  connect,
  idsOf,
  look,
  openPage,
  put,
  realtime,
  refuse,
  snapshot,
  socket,
  visit,
} from "../testing/test-parts.js";

const monday = { day: "Monday" };
const friday = { day: "Friday" };
const move = (id: number, day: string) =>
  ({ channel: "visits", kind: "update", id, data: { day } }) as const;
const ok = (seq: number) => ({ seq, rev: seq });

let [a, b] = [] as unknown as [ReturnType<typeof look>, ReturnType<typeof look>];
const shown = () => [idsOf(a.records), idsOf(b.records)];

beforeEach(async () => {
  openPage(false);
  connect();
  [a, b] = [look(monday), look(friday)];
  await answer(socket.of("subscribe")[0], snapshot(5, visit(1), visit(2)));
  await answer(socket.of("subscribe")[1], snapshot(5, visit(3, "Friday")));
});

describe("an edit", () => {
  it("moves a record from part to part at once, with the rev that it started from", async () => {
    void realtime.mutate(move(1, "Friday"));
    expect(shown()).toEqual([[2], [3, 1]]);
    expect(socket.last()).toMatchObject({
      event: "update_visit",
      args: [{ id: 1, day: "Friday" }, { base: 1 }],
    });
    await answer(socket.last(), visit(1, "Friday"), ok(6));
    expect(shown()).toEqual([[2], [3, 1]]);
    change(5, 6, put(visit(1, "Friday"), 6));
    expect(realtime.outbox.ops.get()).toEqual([]);
    expect(shown()).toEqual([[2], [3, 1]]);
  });

  it("that is refused moves it back", async () => {
    const outcome = realtime.mutate(move(1, "Friday"));
    await refuse(socket.last(), "invalid");
    expect(await outcome).toMatchObject({ status: "refused" });
    expect(shown()).toEqual([[1, 2], [3]]);
  });

  it("makes and deletes records where they belong", async () => {
    const { day: _, id: __, ...rest } = visit(0);
    void realtime.mutate({ channel: "visits", kind: "new", data: { ...rest, day: "Friday" } });
    void realtime.mutate({ channel: "visits", kind: "delete", id: 2 });
    expect(shown()).toEqual([[1], [3, expect.any(Number)]]);
    await answer(socket.last(), visit(9, "Friday"), ok(6));
    expect(shown()).toEqual([[1], [3, 9]]);
    await refuse(socket.last(), "in_use");
    change(5, 6, put(visit(9, "Friday"), 6));
    expect(shown()).toEqual([
      [1, 2],
      [3, 9],
    ]);
  });

  it("goes through others: out, changed, and in again", () => {
    void realtime.mutate(move(1, "Friday"));
    void realtime.mutate({ ...move(1, ""), data: { hour: "1000" } });
    expect(b.records.get()?.get(1)?.record).toEqual(visit(1, "Friday", "1000"));
    void realtime.mutate(move(1, "Monday"));
    expect(shown()).toEqual([[2, 1], [3]]);
    expect(a.records.get()?.get(1)?.record).toEqual(visit(1, "Monday", "1000"));
  });

  it("goes through others that leave it nowhere to be seen", () => {
    void realtime.mutate(move(1, "Sunday"));
    void realtime.mutate({ ...move(1, ""), data: { hour: "1000" } });
    expect(shown()).toEqual([[2], [3]]);
    void realtime.mutate(move(1, "Monday"));
    expect(a.records.get()?.get(1)?.record).toEqual(visit(1, "Monday", "1000"));
  });

  it("of a record that somebody else deleted does not bring it back", () => {
    socket.drop();
    void realtime.mutate({ ...move(1, ""), data: { hour: "1000" } });
    connect(7);
    const gone = { channel: "visits", type: "del", id: 1, rev: 6, record: null };
    const [first] = socket.of("subscribe").slice(-2);
    first?.ack({
      ok: true,
      data: { mode: "delta", epoch: "e", seq: 7, changes: [gone] },
      errors: {},
    });
    return settled().then(() => expect(shown()).toEqual([[2], [3]]));
  });

  it("waits without a connection, and is shown until then", async () => {
    socket.drop();
    const batch = realtime.batch([move(1, "Friday"), move(3, "Monday")]);
    expect(await batch.outcome).toEqual({ status: "queued", kept: true });
    await settled();
    expect(shown()).toEqual([[2, 3], [1]]);
    connect(5);
    await settled();
    expect(socket.of("batch")).toHaveLength(1);
    await answer(socket.of("batch")[0], [visit(1, "Friday"), visit(3)], { seq: 6, revs: [6, 6] });
    for (const sent of socket.of("subscribe").slice(-2))
      await answer(sent, { mode: "current", epoch: "e", seq: 5 });
    expect(shown()).toEqual([[2, 3], [1]]);
    change(5, 6, put(visit(1, "Friday"), 6), put(visit(3), 6));
    expect(shown()).toEqual([[2, 3], [1]]);
    expect(realtime.outbox.ops.get()).toEqual([]);
  });

  it("in a part that the server alone understands changes what is in it, not whether it is", async () => {
    const c = look({ hour: "09:00" });
    await answer(socket.last(), snapshot(5, visit(1), visit(2)));
    void realtime.mutate({ ...move(1, ""), data: { hour: "1000" } });
    void realtime.mutate({ ...move(3, ""), data: { hour: "900" } });
    expect(idsOf(c.records)).toEqual([1, 2]);
    expect(c.records.get()?.get(1)?.record).toEqual(visit(1, "Monday", "1000"));
  });
});
