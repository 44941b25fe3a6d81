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
  snapshot,
  socket,
  visit,
} from "../testing/test-parts.js";

const LINGER = 10_000;
const monday = { day: "Monday" };
const one = { person: 1 };
const subscribed = () => asked("subscribe");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("several parts", () => {
  let [a, b] = [] as unknown as [ReturnType<typeof look>, ReturnType<typeof look>];

  beforeEach(async () => {
    openPage(false);
    connect();
    [a, b] = [look(monday), look(one)];
    await answer(socket.of("subscribe")[0], snapshot(5, visit(1), visit(2, "Monday", "900", 2)));
    await answer(socket.of("subscribe")[1], snapshot(5, visit(1), visit(3, "Friday")));
  });

  it("have what is theirs of one event: what leaves one may stay in the other", () => {
    change(5, 6, put(visit(1, "Friday"), 6));
    expect([idsOf(a.records), idsOf(b.records)]).toEqual([[2], [1, 3]]);
    change(6, 7, put(visit(2), 7));
    expect([idsOf(a.records), idsOf(b.records)]).toEqual([[2], [1, 3, 2]]);
    change(7, 8, del(2, 8), del(1, 8));
    expect([idsOf(a.records), idsOf(b.records)]).toEqual([[], [3]]);
    expect(socket.of("subscribe")).toHaveLength(2);
  });

  it("of which one is new go on: the newest answer says where the copy stands", async () => {
    const c = look({ day: "Friday" });
    change(5, 6, put(visit(4), 6));
    expect(idsOf(a.records)).toEqual([1, 2, 4]);
    await answer(socket.last(), snapshot(9, visit(3, "Friday")));
    change(9, 10, put(visit(5, "Friday", "900", 2), 10));
    expect(idsOf(c.records)).toEqual([3, 5]);
    expect([idsOf(a.records), idsOf(b.records)]).toEqual([
      [1, 2, 4],
      [1, 3, 4],
    ]);
    expect(socket.of("subscribe")).toHaveLength(3);
  });

  it("of which one is being left take nothing that was still sent for it", async () => {
    b.leave();
    vi.advanceTimersByTime(LINGER);
    expect(asked("unsubscribe")).toEqual([{ channel: "visits", where: one }]);
    change(5, 6, put(visit(7, "Friday"), 6));
    expect(idsOf(a.records)).toEqual([1, 2]);
    expect(socket.of("subscribe")).toHaveLength(2);
    await answer(socket.last(), {});
    change(6, 7, put(visit(8), 7));
    expect(idsOf(a.records)).toEqual([1, 2, 8]);
  });

  it("of which one is left and looked at again is asked for anew, after it was ended", async () => {
    b.leave();
    vi.advanceTimersByTime(LINGER);
    const again = look(one);
    expect(socket.sent.slice(-2).map(({ event }) => event)).toEqual(["unsubscribe", "subscribe"]);
    expect(again.records.get()).toBeUndefined();
    const [ended, begun] = socket.sent.slice(-2);
    await answer(ended, {});
    change(5, 6, put(visit(4, "Monday", "900", 2), 6));
    await answer(begun, snapshot(7, visit(1)));
    change(7, 8, put(visit(9), 8));
    expect([idsOf(a.records), idsOf(again.records)]).toEqual([
      [1, 2, 4, 9],
      [1, 9],
    ]);
  });

  it("are asked for again when the server put what no filter is true of here", async () => {
    change(5, 6, put(visit(7, "Friday", "900", 3), 6));
    expect(subscribed().slice(2)).toEqual([
      { channel: "visits", where: monday, epoch: "e", seq: 5 },
      { channel: "visits", where: one, epoch: "e", seq: 5 },
    ]);
  });

  it("with a filter that means more than shows here are what the server says", async () => {
    // Hours are written in several ways, and sent in one.
    const c = look({ hour: "09:00" });
    await answer(socket.last(), snapshot(5, visit(1)));
    change(5, 6, put(visit(4, "Monday", "900"), 6));
    const [asks] = socket.of("subscribe").slice(-1);
    expect(asks?.args[0]).toMatchObject({ where: { hour: "09:00" }, seq: 5 });
    const delta = { mode: "delta", epoch: "e", seq: 6, changes: [put(visit(4), 6)] };
    await answer(asks, delta);
    expect(idsOf(c.records)).toEqual([1, 4]);
    expect(idsOf(a.records)).toEqual([1, 2, 4]);
  });
});
