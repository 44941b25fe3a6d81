import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ListQuery } from "../protocol/where.js";
import { settled } from "../testing/fake-socket.js";
import {
  answer,
  asked,
  change,
  connect,
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

describe("a list that cannot be followed here", () => {
  it("in an order that is not known is asked for again when something changed", async () => {
    await open(byHour, 5, "more", at(1, "0900"), at(2, "0800"));
    expect(ids()).toEqual([1, 2]);
    change(5, 6, put(at(3, "1000"), 6));
    change(6, 7, put(at(4, "1100"), 7));
    expect(ids()).toEqual([1, 2]);
    vi.advanceTimersByTime(500);
    expect(lists()).toHaveLength(2);
    await answer(socket.last(), page(7, null, at(3, "1000"), at(1, "0900")));
    expect(ids()).toEqual([3, 1]);
  });

  it("since the server gives no more subscriptions, is asked for again after one's own edit", async () => {
    list = realtime.queries.list("visits", byHour);
    list.subscribe(() => {});
    await answer(socket.last(), page(5, null, at(1, "0700")));
    await refuse(socket.last(), "too_large");
    expect(list.get().error).toBeNull();
    void realtime.mutate({ channel: "visits", kind: "update", id: 1, data: { hour: "0800" } });
    expect(list.get().records).toEqual([at(1, "0800")]);
    await answer(socket.last(), at(1, "0800"), { seq: 6, rev: 6 });
    vi.advanceTimersByTime(500);
    await answer(socket.last(), page(6, null, at(1, "0800")));
    expect(lists()).toHaveLength(2);
    expect(list.get().records).toEqual([at(1, "0800")]);
  });

  it("says why there is none, and begins again when asked", async () => {
    list = realtime.queries.list("visits", byHour);
    list.subscribe(() => {});
    await refuse(socket.last(), "invalid");
    expect(list.get()).toMatchObject({ loading: false, error: { errors: "No." } });
    list.refetch();
    await answer(socket.last(), page(5, null, at(1, "0700")));
    expect(list.get()).toMatchObject({ error: null, records: [{ id: 1 }] });
  });

  it("that was not loaded without a connection is loaded with the next one", async () => {
    socket.drop();
    list = realtime.queries.list("visits", byHour);
    list.subscribe(() => {});
    expect(list.get().loading).toBe(true);
    connect(5);
    await settled();
    await answer(socket.last(), page(5, null, at(1, "0700")));
    expect(ids()).toEqual([1]);
  });

  it("shows nothing that was asked for somebody else", async () => {
    list = realtime.queries.list("visits", byHour);
    list.subscribe(() => {});
    const first = socket.last();
    const ben = { id: null, name: "Ben", picture: "", username: "ben", role: "staff" };
    socket.receive("session", { user: ben });
    await answer(first, page(5, null, at(1, "0700")));
    expect(ids()).toBeUndefined();
    await answer(socket.last(), page(5, null, at(2, "0700")));
    expect(ids()).toEqual([2]);
  });

  it("takes all of it, should the server send that", async () => {
    list = realtime.queries.list("visits", byHour);
    list.subscribe(() => {});
    await answer(socket.last(), page(5, "more", at(2, "0700"), at(3, "0800")));
    await answer(socket.last(), snapshot(6, at(1, "0900"), at(3, "0800")));
    expect(ids()).toEqual([3, 1]);
    expect(list.get().hasMore).toBe(false);
  });
});
