import { beforeEach, expect, it, vi } from "vitest";
import { settled } from "../testing/fake-socket.js";
import { answer, asked, change, connect, del, openPage, put } from "../testing/test-parts.js";
import { realtime, snapshot, socket, visit } from "../testing/test-parts.js";
import { realtimeCollectionOptions } from "./collection.js";

type Message = { type: string; value: { id: number } };

/** A collection that only notes what it is told. */
function collection() {
  const told: string[] = [];
  const markReady = vi.fn<() => void>();
  const into = {
    begin: () => told.push("begin"),
    write: ({ type, value }: Message) => told.push(`${type} ${value.id}`),
    commit: () => {
      told.push("commit");
      return true as const;
    },
    markReady,
  };
  /** What it was told since this was last asked. */
  const since = () => told.splice(0).filter((what) => what !== "begin" && what !== "commit");
  return { into, since, markReady };
}

beforeEach(() => openPage());

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
const person = (id: number, rev: number) => ({
  channel: "people",
  type: "put",
  id,
  rev,
  record: { ...ada, id, name: `Ada ${rev}` },
});

it("a channel that is here whole is ready when it is here, and follows it without unconfirmed edits", () => {
  const { into, since, markReady } = collection();
  const options = realtimeCollectionOptions({ realtime, channel: "people" });
  const end = options.sync.sync(into) as () => void;
  expect([options.syncMode, markReady.mock.calls.length]).toEqual(["eager", 0]);
  socket.accept({ data: "", access: "open", user: null, epoch: "e" });
  const people = [{ rev: 3, record: ada }];
  socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 5, snapshot: { people, tasks: [] } });
  expect([since(), markReady.mock.calls.length]).toEqual([["insert 1"], 1]);
  void realtime.mutate({ channel: "people", kind: "update", id: 1, data: { age: 40 } });
  expect(since()).toEqual([]);
  change(5, 6, person(1, 6), person(2, 6));
  change(6, 7, { channel: "people", type: "del", id: 1, rev: 7, record: null });
  expect(since()).toEqual(["update 1", "insert 2", "delete 1"]);
  realtime.connection.reopen();
  expect(since()).toEqual(["delete 2"]);
  end();
  connect(9);
  expect([since(), markReady.mock.calls.length]).toEqual([[], 1]);
});

const by = (name: string, value: unknown) => ({
  type: "func",
  name: "eq",
  args: [
    { type: "ref", path: [name] },
    { type: "val", value },
  ],
});

interface Subsets {
  loadSubset: (options: object) => Promise<void>;
  unloadSubset: (options: object) => void;
}

it("of any other channel there are the subsets that are asked for, as long as they are", async () => {
  connect();
  const { into, since } = collection();
  const options = realtimeCollectionOptions({ realtime, channel: "visits" });
  const subsets = options.sync.sync(into) as unknown as Subsets;
  expect(options.syncMode).toBe("on-demand");
  const monday = { where: by("day", "Monday") };
  const ofAda = { where: by("person", 1) };
  const loaded = Promise.all([subsets.loadSubset(monday), subsets.loadSubset(ofAda)]);
  await answer(socket.of("subscribe")[0], snapshot(5, visit(1), visit(2, "Monday", "900", 2)));
  await answer(socket.of("subscribe")[1], snapshot(5, visit(1), visit(3, "Friday")));
  await loaded;
  expect(asked("subscribe")).toEqual([
    { channel: "visits", where: { day: { eq: "Monday" } } },
    { channel: "visits", where: { person: { eq: 1 } } },
  ]);
  expect(since().toSorted()).toEqual(["insert 1", "insert 2", "insert 3"]);
  change(5, 6, put(visit(2, "Monday", "930", 2), 6), del(3, 6));
  expect(since().toSorted()).toEqual(["delete 3", "update 2"]);
  subsets.unloadSubset(monday);
  expect(since()).toEqual(["delete 2"]);
  subsets.unloadSubset(ofAda);
  expect(since()).toEqual(["delete 1"]);
});

it("the first ones in an order are a list, and the next ones begin after them", async () => {
  connect();
  const { into } = collection();
  const options = realtimeCollectionOptions({ realtime, channel: "visits" });
  const subsets = options.sync.sync(into) as unknown as Subsets;
  const compareOptions = { direction: "asc", nulls: "first", stringSort: "lexical" };
  const orderBy = [{ expression: { type: "ref", path: ["hour"] }, compareOptions }];
  void subsets.loadSubset({ orderBy, limit: 2 });
  const whereFrom = { ...by("hour", "900"), name: "gt" };
  void subsets.loadSubset({
    orderBy,
    limit: 2,
    cursor: { whereFrom, whereCurrent: by("hour", "900") },
  });
  await settled();
  expect(asked("list_visits")).toEqual([
    { where: {}, order: ["hour"], limit: 2 },
    { where: { hour: { gt: "900" } }, order: ["hour"], limit: 2 },
  ]);
  expect(asked("subscribe")).toEqual([{ channel: "visits", where: { hour: { eq: "900" } } }]);
});

it("writes of one transaction are one batch, without the id that the page has made up", async () => {
  connect();
  const { onInsert, onUpdate } = realtimeCollectionOptions({ realtime, channel: "people" });
  const insert = (id: number) => {
    const modified = { ...ada, id };
    return { type: "insert" as const, key: id, modified, changes: modified };
  };
  const inserting = onInsert({ transaction: { mutations: [insert(-1), insert(-2)] } });
  await settled();
  const { id: _, ...data } = ada;
  const writes = [0, 1].map(() => ({ event: "new_person", data }));
  expect(asked("batch")).toEqual([{ writes }]);
  socket
    .last()
    .ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code: "invalid" } });
  await expect(inserting).rejects.toThrow("No.");
  const changes = { age: 31 };
  const modified = { ...ada, ...changes };
  const update = { type: "update" as const, key: 1, modified, changes };
  const updating = onUpdate({ transaction: { mutations: [update] } });
  await settled();
  expect(asked("update_person")).toEqual([{ age: 31, id: 1 }]);
  socket
    .last()
    .ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code: "invalid" } });
  await expect(updating).rejects.toThrow("No.");
});
