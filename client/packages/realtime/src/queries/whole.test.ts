/** Of channels that are here whole nothing is asked for. */
import { beforeEach, expect, it } from "vitest";
import { openPage, realtime, socket } from "../testing/test-parts.js";

const person = (id: number, age: number) => ({ id, name: "Ada", age, picture: "", username: "" });
const send = () => {
  const people = [30, 20, 40, 10].map((age, place) => ({ rev: 1, record: person(place + 1, age) }));
  socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 5, snapshot: { people } });
};
const grow = (id: number, age: number) =>
  realtime.edit({ channel: "people", kind: "update", id, data: { age } });

beforeEach(() => {
  openPage();
  socket.accept({ data: "", user: null, access: "open", epoch: "e" });
});

it("a part is a look at what is here, edits included", () => {
  const old = realtime.queries.records("people", { age: { gt: 30 } });
  expect(old.get()).toBeUndefined();
  send();
  expect([...(old.get()?.keys() ?? [])]).toEqual([3]);
  const before = old.get();
  expect(old.get()).toBe(before);
  grow(1, 41);
  expect([...(old.get()?.keys() ?? [])]).toEqual([1, 3]);
  expect(socket.of("subscribe")).toEqual([]);
});

it("a list is sorted and cut here", () => {
  const query = { where: { age: { gt: 10 } }, order: ["-age"], limit: 2, count: true };
  const list = realtime.queries.list("people", query);
  const ids = () => list.get().records?.map(({ id }) => id);
  expect(list.get()).toMatchObject({ records: undefined, loading: true });
  send();
  expect(list.get()).toMatchObject({ hasMore: true, count: 3, loading: false });
  expect(ids()).toEqual([3, 1]);
  list.fetchMore();
  expect(ids()).toEqual([3, 1, 2]);
  expect(list.get().hasMore).toBe(false);
  grow(4, 99);
  expect(ids()).toEqual([4, 3, 1, 2]);
  expect(socket.of("list_people")).toEqual([]);
});
