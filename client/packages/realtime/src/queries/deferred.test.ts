import { expect, it, vi } from "vitest";
import { Lazy } from "../base/lazy.js";
import { Observable } from "../base/observable.js";
import { settled } from "../testing/fake-socket.js";
import { deferred } from "./deferred.js";

const loading = { loading: true, records: 0 };

function view() {
  const state = new Observable({ loading: false, records: 1 });
  const { get, subscribe } = state;
  return { state, get, subscribe, fetchMore: vi.fn<() => void>(), refetch: vi.fn<() => void>() };
}

/** Code that is here when the test says so. */
function code() {
  let arrive: (module: "module") => void = () => {};
  let fail = () => {};
  const load = vi.fn<() => Promise<"module">>(
    () =>
      new Promise<"module">((resolve, reject) => {
        arrive = resolve;
        fail = () => reject(new TypeError("Failed to fetch"));
      }),
  );
  return { lazy: new Lazy(load), load, arrive: () => arrive("module"), fail: () => fail() };
}

it("shows that it is loading, and then what the view shows", async () => {
  const { lazy, arrive } = code();
  const made = view();
  const shown = deferred("people", lazy, () => made, loading, vi.fn<() => void>());
  const heard = vi.fn<() => void>();
  const leave = shown.subscribe(heard);
  expect(shown.get()).toEqual(loading);
  arrive();
  await settled();
  expect(heard).toHaveBeenCalledTimes(1);
  expect(shown.get()).toEqual({ loading: false, records: 1 });
  made.state.set({ loading: false, records: 2 });
  expect(heard).toHaveBeenCalledTimes(2);
  shown.fetchMore();
  expect(made.fetchMore).toHaveBeenCalled();
  leave();
  made.state.set({ loading: false, records: 3 });
  expect(heard).toHaveBeenCalledTimes(2);
});

it("watches nothing for who has left before the code came", async () => {
  const { lazy, arrive } = code();
  const made = { ...view(), subscribe: vi.fn<() => () => void>() };
  const heard = vi.fn<() => void>();
  deferred("people", lazy, () => made, loading, vi.fn<() => void>()).subscribe(heard)();
  arrive();
  await settled();
  expect(heard).not.toHaveBeenCalled();
  expect(made.subscribe).not.toHaveBeenCalled();
});

it("is the view itself once the code is here", async () => {
  const { lazy, arrive } = code();
  const loaded = lazy.load();
  arrive();
  await loaded;
  const made = view();
  expect(deferred("people", lazy, () => made, loading, vi.fn<() => void>())).toBe(made);
});

it("says that the code cannot be loaded, and ends, so that it is tried again", async () => {
  const { lazy, load, fail } = code();
  const end = vi.fn<() => void>();
  const shown = deferred("people", lazy, view, loading, end);
  const heard = vi.fn<() => void>();
  shown.subscribe(heard);
  fail();
  await settled();
  expect(shown.get()).toMatchObject({
    loading: false,
    error: { errors: expect.stringContaining("Reload") as string },
  });
  expect([heard.mock.calls.length, end.mock.calls.length]).toEqual([1, 1]);
  deferred("people", lazy, view, loading, end);
  expect(load).toHaveBeenCalledTimes(2);
});
