import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  answer,
  asked,
  change,
  connect,
  del,
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

const LINGER = 10_000;
const monday = { day: "Monday" };
const subscribed = () => asked("subscribe");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe.each([
  ["beside whole channels", true],
  ["alone", false],
])("a part, %s", (_, sync) => {
  beforeEach(() => {
    openPage(sync);
    connect();
  });

  it("is asked for once, whoever looks at it, and ended some time after the last has left", async () => {
    const [a, b] = [look({ ...monday, hour: "900" }), look({ hour: "900", ...monday })];
    expect(subscribed()).toEqual([{ channel: "visits", where: { ...monday, hour: "900" } }]);
    expect(a.records.get()).toBeUndefined();
    await answer(socket.last(), snapshot(5, visit(1)));
    expect([idsOf(a.records), idsOf(b.records)]).toEqual([[1], [1]]);
    a.leave();
    vi.advanceTimersByTime(LINGER + 1);
    change(5, 5);
    expect(asked("unsubscribe")).toEqual([]);
    b.leave();
    vi.advanceTimersByTime(LINGER - 1);
    change(5, 5);
    look({ ...monday, hour: "900" }).leave();
    expect(socket.of("subscribe")).toHaveLength(1);
    vi.advanceTimersByTime(LINGER);
    expect(asked("unsubscribe")).toEqual([
      { channel: "visits", where: { ...monday, hour: "900" } },
    ]);
  });

  it("follows its changes: what moves in, what moves out, what is gone", async () => {
    const { records } = look(monday);
    await answer(socket.last(), snapshot(5, visit(1), visit(2)));
    change(5, 7, put(visit(3), 7), del(1, 6));
    change(7, 8, put(visit(2, "Monday", "1000"), 8), del(9, 8));
    expect(records.get()?.get(2)).toEqual({ rev: 8, record: visit(2, "Monday", "1000") });
    expect(idsOf(records)).toEqual([2, 3]);
    expect(socket.of("subscribe")).toHaveLength(1);
  });

  it("takes what comes right after its answer: in one piece of the network there is no time between", async () => {
    const { records } = look(monday);
    const answered = answer(socket.last(), snapshot(5, visit(1)));
    change(5, 6, put(visit(2), 6));
    await answered;
    expect(idsOf(records)).toEqual([1, 2]);
    change(8, 9);
    const other = answer(socket.last(), { mode: "current", epoch: "e", seq: 9 });
    change(10, 10);
    await other;
    expect(subscribed().at(-1)).toMatchObject({ where: monday, seq: 9 });
    expect(socket.of("subscribe")).toHaveLength(3);
  });

  it("takes no event twice, and none out of order; after a lost one it asks from its cursor", async () => {
    const { records } = look(monday);
    await answer(socket.last(), snapshot(5, visit(1)));
    change(5, 6, put(visit(2), 6));
    change(5, 6, put(visit(2, "Monday", "2359"), 6));
    change(4, 5, del(1, 5));
    expect(idsOf(records)).toEqual([1, 2]);
    expect(records.get()?.get(2)?.record).toEqual(visit(2));
    change(8, 9, put(visit(4), 9));
    change(9, 10, put(visit(5), 10));
    expect(subscribed()[1]).toEqual({ channel: "visits", where: monday, epoch: "e", seq: 6 });
    expect(socket.of("subscribe")).toHaveLength(2);
    expect(idsOf(records)).toEqual([1, 2]);
    const changes = [del(1, 7), put(visit(4), 9), put(visit(5), 10)];
    await answer(socket.last(), { mode: "delta", epoch: "e", seq: 10, changes });
    expect(idsOf(records)).toEqual([2, 4, 5]);
    change(10, 11, put(visit(6), 11));
    expect(idsOf(records)).toEqual([2, 4, 5, 6]);
  });

  it("goes on from its cursor after a drop, and from nothing in another epoch", async () => {
    const { records } = look(monday);
    await answer(socket.last(), snapshot(5, visit(1)));
    change(5, 6, put(visit(2), 6));
    const entry = records.get()?.get(1);
    socket.drop();
    expect(idsOf(records)).toEqual([1, 2]);
    connect(9);
    expect(subscribed()[1]).toMatchObject({ epoch: "e", seq: 6 });
    await answer(socket.last(), { mode: "current", epoch: "e", seq: 9 });
    expect(records.get()?.get(1)).toBe(entry);
    socket.receive("changes", { epoch: "f", prev: 2, seq: 2, changes: [] });
    expect(subscribed()[2]).toMatchObject({ epoch: "e", seq: 9 });
    await answer(socket.of("subscribe")[2], { ...snapshot(2, visit(3)), epoch: "f" });
    expect(idsOf(records)).toEqual([3]);
    socket.receive("changes", { epoch: "f", prev: 2, seq: 3, changes: [put(visit(4), 3)] });
    expect(idsOf(records)).toEqual([3, 4]);
  });

  it("is told to nobody else: it begins again with who signs in", async () => {
    const { records } = look(monday);
    await answer(socket.last(), snapshot(5, visit(1)));
    const ben = { id: null, name: "Ben", picture: "", username: "ben", role: "staff" };
    socket.receive("session", { user: ben });
    expect(records.get()).toBeUndefined();
    expect(subscribed()[1]).toEqual({ channel: "visits", where: monday });
    await answer(socket.last(), snapshot(6, visit(2)));
    expect(idsOf(records)).toEqual([2]);
  });

  it("shows nothing to who may not read, and asks when that has changed", async () => {
    socket.drop();
    connect(5, null, "required");
    const before = socket.of("subscribe").length;
    const { records } = look(monday);
    expect(socket.of("subscribe")).toHaveLength(before);
    const ben = { id: null, name: "Ben", picture: "", username: "ben", role: "staff" };
    socket.receive("session", { user: ben });
    await answer(socket.of("subscribe").at(-1), snapshot(6, visit(2)));
    expect(idsOf(records)).toEqual([2]);
    socket.receive("session", { user: null });
    expect(records.get()).toBeUndefined();
  });
});

it("without whole channels no arrays are asked for", () => {
  openPage(false);
  expect(socket.handshake()).toEqual({ arrays: false });
});

it("a part that nobody looked at is not ended", () => {
  openPage();
  connect();
  realtime.queries.records("visits", monday);
  vi.advanceTimersByTime(10_001);
  expect([...socket.of("subscribe"), ...socket.of("unsubscribe")]).toEqual([]);
});

describe("a part that the server does not give", () => {
  beforeEach(() => {
    openPage(false);
    connect();
  });

  it("says why, and is asked for again with the next connection", async () => {
    const { records } = look(monday);
    await refuse(socket.last(), "invalid");
    expect(records.get()).toBeUndefined();
    expect(records.error?.get()).toEqual({ errors: "No." });
    socket.drop();
    connect();
    await answer(socket.last(), snapshot(5, visit(1)));
    expect(idsOf(records)).toEqual([1]);
    expect(records.error?.get()).toBeNull();
  });

  it.each(["rate_limited", "unavailable"])("for now (%s) is asked for again", async (code) => {
    const { records } = look(monday);
    await refuse(socket.last(), code, { retry_after: 3 });
    vi.advanceTimersByTime(2_900);
    expect(socket.of("subscribe")).toHaveLength(1);
    vi.advanceTimersByTime(200);
    await answer(socket.last(), snapshot(5, visit(1)));
    expect(idsOf(records)).toEqual([1]);
  });

  it("is read, if it is one record", async () => {
    const found = realtime.queries.record("visits", 7);
    found.subscribe(() => {});
    expect(subscribed()).toEqual([{ channel: "visits", where: { id: 7 } }]);
    await refuse(socket.last(), "too_large");
    expect(asked("get_visit")).toEqual([{ id: 7 }]);
    await answer(socket.last(), visit(7), { rev: 4 });
    expect(found.get()?.get(7)).toEqual({ rev: 4, record: visit(7) });
  });
});
