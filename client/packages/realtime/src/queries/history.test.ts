import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  answer,
  asked,
  change,
  connect,
  openPage,
  put,
  realtime,
  snapshot,
  socket,
  visit,
} from "../testing/test-parts.js";

const entry = (seq: number) => ({ seq, at: seq, actor: "ben", type: "put", changes: {} });
const look = (query: Parameters<typeof realtime.queries.history>[0]) => {
  const history = realtime.queries.history(query);
  return { history, leave: history.subscribe(() => {}) };
};

beforeEach(() => {
  vi.useFakeTimers();
  openPage();
  connect();
});
afterEach(() => void vi.useRealTimers());

describe("the history", () => {
  it.each([[{}], [{ channel: "visits" }], [{ channel: "visits", id: 7 }]] as const)(
    "of %j is asked for page by page",
    async (query) => {
      const { history } = look({ ...query, limit: 2 });
      expect(history.get()).toMatchObject({ entries: undefined, loading: true });
      expect(asked("history")).toEqual([{ ...query, limit: 2 }]);
      await answer(socket.last(), [entry(9), entry(8)]);
      expect(history.get()).toMatchObject({ hasMore: true, loading: false, error: null });
      history.fetchMore();
      history.fetchMore();
      expect(asked("history").slice(1)).toEqual([{ ...query, limit: 2, before: 8 }]);
      await answer(socket.last(), [entry(3)]);
      expect(history.get().entries?.map(({ seq }) => seq)).toEqual([9, 8, 3]);
      history.fetchMore();
      await answer(socket.last(), []);
      expect(history.get().hasMore).toBe(false);
    },
  );

  it("is asked for again when something of it changed, all that is shown", async () => {
    realtime.queries.records("visits").subscribe(() => {});
    await answer(socket.last(), snapshot(5));
    const { history } = look({ channel: "visits", id: 7, limit: 1 });
    await answer(socket.last(), [entry(4)]);
    history.fetchMore();
    await answer(socket.last(), [entry(3)]);
    change(5, 6, put(visit(8), 6));
    vi.advanceTimersByTime(500);
    expect(asked("history")).toHaveLength(2);
    change(6, 7, put(visit(7), 7));
    change(7, 8, put(visit(7, "Friday"), 8));
    vi.advanceTimersByTime(500);
    expect(asked("history").slice(2)).toEqual([{ channel: "visits", id: 7, limit: 2 }]);
    await answer(socket.last(), [entry(8), entry(7)]);
    expect(history.get().entries?.map(({ seq }) => seq)).toEqual([8, 7]);
  });

  it("is asked for again with a new connection, and shown to nobody else", async () => {
    const { history } = look({});
    await answer(socket.last(), [entry(4)]);
    socket.drop();
    expect(history.get().entries).toHaveLength(1);
    connect();
    expect(asked("history")).toHaveLength(2);
    socket.drop();
    const ben = { id: null, name: "Ben", picture: "", username: "ben", role: "staff" };
    connect(5, ben);
    expect(history.get().entries).toBeUndefined();
  });
});
