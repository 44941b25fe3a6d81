import { beforeEach, describe, expect, it, vi } from "vitest";
import { settled } from "../testing/fake-socket.js";
import { answer, asked, change, connect, openPage, put } from "../testing/test-parts.js";
import { realtime, refuse, socket, visit } from "../testing/test-parts.js";
import { createDataProvider } from "./data-provider.js";
import { followChanges } from "./follow.js";
import type { TopicEvent } from "./topics.js";

let provider: ReturnType<typeof createDataProvider>;

beforeEach(() => {
  openPage();
  provider = createDataProvider(realtime, { search: { visits: ["person.name"] } });
});

const people = { ada: { id: 1, name: "Ada", age: 30, picture: "", username: "" } };

/** Connects to a server that has Ada, and visits that are not here whole. */
function connectWithAda(): void {
  socket.accept({ data: "", access: "open", user: null, epoch: "e" });
  const snapshot = { people: [{ rev: 3, record: people.ada }], tasks: [] };
  socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 5, snapshot });
}

const page = (records: object[], next: string | null, more = {}) => ({
  records,
  next,
  seq: 5,
  ...more,
});

describe("of a channel that is here whole", () => {
  it("pages are cut here, and wait until it is here", async () => {
    const first = provider.getList("people", { pagination: { page: 1, perPage: 5 } });
    connectWithAda();
    expect(await first).toEqual({ data: [people.ada], total: 1 });
    expect(socket.of("list_people")).toEqual([]);
    const none = { pagination: { page: 1, perPage: 5 }, filter: { age: { gt: 30 } } };
    expect(await provider.getList("people", none)).toEqual({ data: [], total: 0 });
    expect(await provider.getMany("people", { ids: ["1", 7] })).toEqual({ data: [people.ada] });
    await expect(provider.getOne("people", { id: 7 })).rejects.toMatchObject({ status: 404 });
  });

  it("nobody who may not read waits for it", async () => {
    const first = provider.getList("people", {});
    socket.accept({ data: "", access: "required", user: null, epoch: "e" });
    await expect(first).rejects.toMatchObject({ name: "HttpError", status: 401 });
  });

  it("an update sends what changed, on top of the revision that the form was shown", async () => {
    connectWithAda();
    const { data: previousData } = await provider.getOne<typeof people.ada>("people", { id: "1" });
    // Somebody else was faster.
    change(5, 6, {
      channel: "people",
      type: "put",
      id: 1,
      rev: 6,
      record: { ...people.ada, age: 31 },
    });
    const data = { ...previousData, name: "Ada B" };
    const saving = provider.update("people", { id: "1", data, previousData });
    await settled();
    const [sent] = socket.of("update_person");
    expect(sent?.args[0]).toEqual({ id: 1, name: "Ada B" });
    expect(sent?.args[1]).toMatchObject({ base: 3 });
    const record = { ...people.ada, age: 31, name: "Ada B" };
    await answer(sent, record, { seq: 7, rev: 7 });
    change(6, 7, { channel: "people", type: "put", id: 1, rev: 7, record });
    expect(await saving).toEqual({ data: record });
    const same = { id: 1, data: record, previousData: record };
    expect(await provider.update("people", same)).toEqual({ data: record });
    expect(socket.of("update_person")).toHaveLength(1);
  });

  it("a refusal has the messages of each field, and is not shown among what is parked", async () => {
    connectWithAda();
    const making = provider.create("people", { data: { name: "Ben", age: 3 } });
    await settled();
    const errors = { age: ["Too young.", "Not whole."], errors: "Age: Too young." };
    socket.last().ack({ ok: false, data: null, errors, meta: { code: "invalid" } });
    await expect(making).rejects.toMatchObject({
      status: 400,
      message: "Age: Too young.",
      body: { errors: { age: "Too young. Not whole." } },
    });
    expect(realtime.outbox.ops.get()).toEqual([]);
  });

  it("what is made without a connection is done with the next one", async () => {
    const making = provider.create("people", { data: { name: "Ben", age: 30 } });
    await settled();
    connectWithAda();
    await settled();
    const ben = { ...people.ada, id: 2, name: "Ben" };
    await answer(socket.last(), ben, { seq: 6, rev: 6 });
    change(5, 6, { channel: "people", type: "put", id: 2, rev: 6, record: ben });
    expect(await making).toEqual({ data: ben });
  });

  it("many are changed and deleted by one batch", async () => {
    connectWithAda();
    const ids = [1, 2];
    void provider.updateMany("people", { ids, data: { age: 40 } });
    void provider.deleteMany("people", { ids });
    await settled();
    await answer(socket.last(), [people.ada, people.ada], { seq: 6, revs: [6, 6] });
    const writes = (event: string) =>
      ids.map(
        (id) =>
          expect.objectContaining({
            event,
            data: expect.objectContaining({ id }) as object,
          }) as object,
      );
    expect(asked("batch")).toEqual([
      { writes: writes("update_person") },
      { writes: writes("delete_person") },
    ]);
  });

  it("topics tell who changed, and end", async () => {
    connectWithAda();
    const heard = vi.fn<(event: TopicEvent) => void>();
    await provider.subscribe("resource/people", heard);
    await provider.subscribe("resource/people/9", heard);
    const ben = { ...people.ada, id: 2 };
    change(5, 6, { channel: "people", type: "put", id: 2, rev: 6, record: ben });
    change(6, 7, { channel: "people", type: "del", id: 2, rev: 7, record: null });
    expect(heard.mock.calls.map(([{ type, payload }]) => [type, ...payload.ids])).toEqual([
      ["created", 2],
      ["deleted", 2],
    ]);
    await provider.unsubscribe("resource/people", heard);
    change(7, 8, { channel: "people", type: "put", id: 2, rev: 8, record: ben });
    expect(heard).toHaveBeenCalledTimes(2);
  });
});

describe("of a channel that is not here whole", () => {
  const ask = (number: number) => ({ pagination: { page: number, perPage: 2 } });
  const query = { where: {}, order: [] };

  it("a page begins where the one before it ended, or is sought from the nearest known", async () => {
    connect();
    const first = provider.getList("visits", ask(1));
    await settled();
    await answer(socket.last(), page([visit(1), visit(2)], "b", { count: 9 }));
    expect(await first).toEqual({ data: [visit(1), visit(2)], total: 9 });
    void provider.getList("visits", ask(2));
    await settled();
    await answer(socket.last(), page([visit(3), visit(4)], "d", { count: 9 }));
    const last = provider.getList("visits", ask(4));
    await settled();
    await answer(socket.last(), page([visit(5), visit(6)], "f", { count: 9 }));
    await answer(socket.last(), page([visit(7), visit(8)], "h"));
    expect(await last).toEqual({ data: [visit(7), visit(8)], total: 9 });
    void provider.getList("visits", ask(3));
    await settled();
    const counted = { ...query, limit: 2, count: true };
    expect(asked("list_visits")).toEqual([
      counted,
      { ...counted, after: "b" },
      { ...counted, after: "d" },
      { ...query, limit: 2, after: "f" },
      { ...counted, after: "d" },
    ]);
  });

  it("places are counted anew after a change", async () => {
    connect();
    const { queries } = realtime;
    queries.records("visits", {}).subscribe(() => {});
    await answer(socket.last(), { mode: "snapshot", epoch: "e", seq: 5, snapshot: { visits: [] } });
    void provider.getList("visits", ask(1));
    await settled();
    await answer(socket.last(), page([visit(1), visit(2)], "b", { count: 9 }));
    change(5, 6, put(visit(9), 6));
    void provider.getList("visits", ask(2));
    await settled();
    expect(asked("list_visits").at(-1)).toEqual({ ...query, limit: 2, count: true });
  });

  it("records are asked for by the relation, and the search box's fields", async () => {
    connect();
    const filter = { q: "ad" };
    void provider.getManyReference("visits", { target: "person_id", id: 3, filter });
    await settled();
    const or = [{ "person.name": { contains: "ad" } }];
    expect(asked("list_visits").at(-1)).toMatchObject({ where: { person: 3, or } });
  });

  it("an answer that was lost is asked for again, and a refusal is told", async () => {
    connect();
    const first = provider.getOne("visits", { id: 1 });
    await settled();
    socket.drop();
    await settled();
    connect();
    await settled();
    await refuse(socket.last(), "forbidden");
    expect(socket.of("list_visits")).toHaveLength(2);
    await expect(first).rejects.toMatchObject({ status: 403, message: "No." });
  });

  it("what is shown is asked for again when something changed", async () => {
    connect();
    const invalidateQueries = vi.fn<() => void>();
    const end = followChanges(provider, { invalidateQueries }, ["visits"]);
    await settled();
    await answer(socket.last(), page([visit(1)], "a"));
    await answer(socket.last(), { mode: "current", epoch: "e", seq: 5 });
    invalidateQueries.mockClear();
    change(5, 6, put(visit(9), 6));
    expect(invalidateQueries).toHaveBeenCalledWith({ queryKey: ["visits"] });
    end();
  });
});
