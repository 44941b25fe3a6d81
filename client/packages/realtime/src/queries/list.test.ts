import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ListQuery } from "../protocol/where.js";
import {
  answer,
  asked,
  change,
  connect,
  del,
  openPage,
  put,
  realtime,
  refuse,
  snapshot,
  socket,
  visit,
} from "../testing/test-parts.js";
import type { Visit } from "../testing/test-protocol.js";

const byHour: ListQuery<Visit> = { where: { day: "Monday" }, order: ["hour"], limit: 2 };
const page = (seq: number, next: string | null, ...records: Visit[]) => ({ records, next, seq });
const current = (seq: number) => ({ mode: "current", epoch: "e", seq });
const at = (id: number, hour: string, day = "Monday") => visit(id, day, hour);

let list: ReturnType<typeof realtime.queries.list>;
const ids = () => list.get().records?.map(({ id }) => id);
const hours = () => list.get().records?.map((record) => (record as Visit).hour);
const lists = () => asked("list_visits");

/** Opens a list whose first page is these. */
async function open(query: ListQuery<Visit>, seq: number, next: string | null, ...first: Visit[]) {
  list = realtime.queries.list("visits", query);
  const leave = list.subscribe(() => {});
  await answer(socket.last(), page(seq, next, ...first));
  await answer(socket.last(), current(seq));
  return leave;
}

beforeEach(() => {
  vi.useFakeTimers();
  openPage();
  connect();
});
afterEach(() => void vi.useRealTimers());

describe("a list", () => {
  it("asks for a page, and to be told what happens after it", async () => {
    list = realtime.queries.list("visits", { ...byHour, count: true });
    expect(list.get()).toMatchObject({ records: undefined, loading: true, hasMore: false });
    list.subscribe(() => {});
    expect(lists()).toEqual([{ ...byHour, count: true }]);
    await answer(socket.last(), { ...page(5, "more", at(2, "0700"), at(1, "0800")), count: 7 });
    expect(list.get()).toEqual({
      records: [at(2, "0700"), at(1, "0800")],
      count: 7,
      hasMore: true,
      loading: false,
      error: null,
    });
    expect(asked("subscribe")).toEqual([
      { channel: "visits", where: byHour.where, epoch: "e", seq: 5 },
    ]);
  });

  it("goes on with the next page until there is none", async () => {
    await open(byHour, 5, "more", at(2, "0700"), at(1, "0800"));
    list.fetchMore();
    list.fetchMore();
    expect(list.get().loading).toBe(true);
    expect(lists()[1]).toEqual({ ...byHour, after: "more" });
    await answer(socket.last(), page(6, null, at(3, "0900")));
    expect(ids()).toEqual([2, 1, 3]);
    expect(list.get()).toMatchObject({ hasMore: false, loading: false });
    list.fetchMore();
    expect(lists()).toHaveLength(2);
  });

  it("takes in what belongs to its pages, in its place, and leaves what comes after them", async () => {
    await open(byHour, 5, "more", at(2, "0700"), at(4, "0900"));
    change(5, 6, put(at(5, "0800"), 6));
    expect(ids()).toEqual([2, 5, 4]);
    change(6, 7, put(at(6, "1000"), 7));
    expect(ids()).toEqual([2, 5, 4]);
    change(7, 8, put(at(2, "0830"), 8), del(4, 8));
    expect(ids()).toEqual([5, 2]);
    change(8, 9, del(5, 9), put(at(2, "1100"), 9));
    expect(ids()).toEqual([]);
    expect(list.get().hasMore).toBe(true);
    list.fetchMore();
    await answer(socket.last(), page(9, null, at(6, "1000"), at(2, "1100")));
    expect(ids()).toEqual([6, 2]);
  });

  it("keeps what happened while a page was on its way", async () => {
    await open(byHour, 5, "more", at(1, "0700"), at(2, "0800"));
    list.fetchMore();
    const more = socket.last();
    change(5, 7, del(3, 6), put(at(4, "1000"), 7), put(at(6, "1200"), 7));
    expect(ids()).toEqual([1, 2]);
    await answer(more, page(5, "end", at(3, "0900"), at(4, "0930"), at(5, "1100")));
    expect(ids()).toEqual([1, 2, 4, 5]);
    change(7, 8, put(at(5, "1130"), 8));
    expect(ids()).toEqual([1, 2, 4]);
  });

  it("shows the first page again as it is now after a drop, as long as it was", async () => {
    await open(byHour, 5, "more", at(1, "0700"), at(2, "0800"));
    list.fetchMore();
    await answer(socket.last(), page(5, "end", at(3, "0900")));
    const [first] = list.get().records ?? [];
    socket.drop();
    expect(ids()).toEqual([1, 2, 3]);
    connect(9);
    expect(lists()[2]).toEqual({ ...byHour, limit: 3 });
    await answer(socket.last(), page(9, "end", at(1, "0700"), at(3, "0900"), at(4, "1000")));
    expect(ids()).toEqual([1, 3, 4]);
    expect(list.get().records?.[0]).toBe(first);
    expect(asked("subscribe").at(-1)).toMatchObject({ seq: 9 });
  });

  it("is asked for again when an event was missed", async () => {
    await open(byHour, 5, "more", at(1, "0700"), at(2, "0800"));
    change(7, 8, put(at(3, "0600"), 8));
    await answer(socket.last(), page(8, "more", at(3, "0600"), at(1, "0700")));
    const delta = { mode: "delta", epoch: "e", seq: 9, changes: [del(1, 9)] };
    await answer(socket.last(), delta);
    expect(ids()).toEqual([3]);
    change(9, 10, put(at(4, "0630"), 10));
    expect(ids()).toEqual([3, 4]);
  });

  it("shows edits at once in their place, and takes them back", async () => {
    await open(byHour, 5, "more", at(1, "0700"), at(2, "0800"));
    const edit = { channel: "visits", kind: "update", id: 1 } as const;
    void realtime.mutate({ ...edit, data: { hour: "0745" } });
    void realtime.mutate({ ...edit, id: 2, data: { day: "Friday" } });
    const { id: _, ...fields } = at(0, "0730");
    void realtime.mutate({ channel: "visits", kind: "new", data: fields });
    expect(hours()).toEqual(["0730", "0745"]);
    await refuse(socket.last(), "invalid");
    expect(hours()).toEqual(["0700", "0730"]);
  });

  it("gives edits the rev where the server tells it", async () => {
    list = realtime.queries.list("visits", byHour);
    list.subscribe(() => {});
    await answer(socket.last(), page(5, null, at(1, "0700")), { revs: [3] });
    void realtime.mutate({ channel: "visits", kind: "delete", id: 1 });
    expect(realtime.outbox.ops.get()).toMatchObject([{ before: at(1, "0700") }]);
    void realtime.mutate({ channel: "visits", kind: "update", id: 1, data: { hour: "0800" } });
    expect(ids()).toEqual([]);
  });

  it("counts again when that may have changed", async () => {
    list = realtime.queries.list("visits", { ...byHour, count: true });
    list.subscribe(() => {});
    await answer(socket.last(), { ...page(5, "more", at(1, "0700"), at(2, "0800")), count: 3 });
    await answer(socket.last(), current(5));
    change(5, 6, put(at(1, "0715"), 6));
    vi.advanceTimersByTime(500);
    expect(lists()).toHaveLength(1);
    change(6, 7, put(at(9, "2000"), 7));
    change(7, 8, put(at(10, "2000"), 8));
    vi.advanceTimersByTime(500);
    expect(lists().slice(1)).toEqual([{ ...byHour, limit: 1, count: true }]);
    await answer(socket.last(), { ...page(8, "x", at(1, "0715")), count: 5 });
    expect(list.get()).toMatchObject({ count: 5, records: [{ id: 1 }, { id: 2 }] });
  });

  it("is shared, and ends some time after the last has left it", async () => {
    const leave = await open(byHour, 5, null);
    realtime.queries.list("visits", { order: ["hour"], ...byHour }).subscribe(() => {})();
    expect(lists()).toHaveLength(1);
    leave();
    vi.advanceTimersByTime(10_001);
    expect(asked("unsubscribe")).toEqual([{ channel: "visits", where: byHour.where }]);
  });

  it("of the same filter as a part shares its subscription's end", async () => {
    const leave = await open(byHour, 5, null, at(1, "0700"));
    const part = realtime.queries.records("visits", { day: "Monday" });
    const leavePart = part.subscribe(() => {});
    await answer(socket.last(), snapshot(5, at(1, "0700")));
    change(5, 6, put(at(2, "0600"), 6));
    expect([ids(), [...(part.get()?.keys() ?? [])]]).toEqual([
      [2, 1],
      [1, 2],
    ]);
    leave();
    vi.advanceTimersByTime(10_001);
    expect(asked("unsubscribe")).toEqual([]);
    leavePart();
    change(6, 6);
    vi.advanceTimersByTime(10_001);
    expect(asked("unsubscribe")).toHaveLength(1);
  });
});
