import { act, cleanup, render, screen } from "@testing-library/react";
import { StrictMode } from "react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Where } from "../protocol/where.js";
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
import type { Visit } from "../testing/test-protocol.js";
import { writesOf } from "../outbox/op.js";
import { RealtimeProvider, useMutate } from "./hooks.js";
import { useChannel, useHistory, useList, useRecord, useSubscription } from "./queries.js";

const draw = (children: ReactNode) =>
  render(
    <StrictMode>
      <RealtimeProvider value={realtime}>{children}</RealtimeProvider>
    </StrictMode>,
  );
const text = () => document.body.textContent;

beforeEach(() => openPage());
afterEach(cleanup);

function Part({ day }: { day: string | null }) {
  const { records, error } = useSubscription("visits", day !== null && { day });
  return <p>{error ? "refused" : (records?.map(({ id }) => id).join() ?? "loading")}</p>;
}

it("useSubscription asks once for what several components show, and for nothing with false", async () => {
  connect();
  const view = draw([<Part key="a" day="Monday" />, <Part key="b" day="Monday" />]);
  expect(asked("subscribe")).toEqual([{ channel: "visits", where: { day: "Monday" } }]);
  expect(text()).toBe("loadingloading");
  await act(() => answer(socket.last(), snapshot(5, visit(2), visit(1))));
  expect(text()).toBe("1,21,2");
  view.unmount();
  draw(<Part day={null} />);
  expect(text()).toBe("loading");
  expect(socket.of("subscribe")).toHaveLength(1);
});

it("useSubscription says why there is nothing", async () => {
  connect();
  draw(<Part day="Monday" />);
  await act(async () => {
    socket
      .last()
      .ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code: "invalid" } });
    await Promise.resolve();
  });
  expect(text()).toBe("refused");
});

function Pages() {
  const { records, hasMore, fetchMore } = useList("visits", { order: ["hour"], limit: 1 });
  return (
    <button type="button" disabled={!hasMore} onClick={fetchMore}>
      {records?.map(({ hour }) => hour).join()}
    </button>
  );
}

it("useList shows a page more when it is asked to, and what changes", async () => {
  connect();
  draw(<Pages />);
  const page = (next: string | null, record: Visit) => ({ records: [record], next, seq: 5 });
  await act(() => answer(socket.last(), page("more", visit(1, "Monday", "900"))));
  await act(() => answer(socket.last(), { mode: "current", epoch: "e", seq: 5 }));
  act(() => screen.getByRole("button").click());
  await act(() => answer(socket.last(), page(null, visit(2, "Monday", "930"))));
  expect(text()).toBe("900,930");
  act(() => change(5, 6, put(visit(2, "Monday", "800"), 6)));
  expect(text()).toBe("800,900");
});

function One({ id }: { id: number | null }) {
  const found = useRecord("visits", id);
  return <p>{found ? `${found.record.day} ${found.rev}` : "none"}</p>;
}

it("useRecord follows one record of a channel that is not here whole, and a new one before it has an id", async () => {
  connect();
  void realtime.edit({ channel: "visits", kind: "new", data: { day: "Sunday" } });
  const [made] = realtime.outbox.ops.get().flatMap(writesOf);
  draw([<One key="a" id={7} />, <One key="b" id={null} />, <One key="c" id={made?.id ?? 0} />]);
  expect(asked("subscribe")).toEqual([{ channel: "visits", where: { id: 7 } }]);
  await act(() => answer(socket.last(), snapshot(5, visit(7))));
  expect(text()).toBe("Monday 1noneSunday null");
  act(() => change(5, 6, put(visit(7, "Friday"), 6)));
  expect(text()).toBe("Friday 6noneSunday null");
});

function All() {
  return <p>{useChannel("visits")?.length ?? "loading"}</p>;
}

it("useChannel of a channel that is not here whole subscribes to all of it", async () => {
  connect();
  draw(<All />);
  expect(asked("subscribe")).toEqual([{ channel: "visits", where: {} }]);
  await act(() => answer(socket.last(), snapshot(5, visit(1), visit(2))));
  expect(text()).toBe("2");
});

function Changes() {
  return (
    <p>
      {useHistory({ limit: 5 })
        .entries?.map(({ label }) => label)
        .join()}
    </p>
  );
}

it("useHistory shows who changed what", async () => {
  connect();
  draw(<Changes />);
  const entry = { seq: 5, at: 1, actor: null, type: "put", label: "Ada", changes: {} };
  await act(() => answer(socket.last(), [entry]));
  expect(text()).toBe("Ada");
});

function Buttons() {
  const mutate = useMutate();
  const edit = { channel: "people", kind: "update", id: 1, data: { age: 31 } } as const;
  return (
    <>
      <button type="button" onClick={() => void mutate.batch([edit])}>
        Batch
      </button>
      <button type="button" onClick={() => void mutate.check(edit)}>
        Check
      </button>
    </>
  );
}

it("useMutate makes batches and checks", () => {
  connect();
  draw(<Buttons />);
  act(() => screen.getByText("Batch").click());
  expect(socket.last()).toMatchObject({ event: "batch" });
  act(() => screen.getByText("Check").click());
  expect(socket.last()).toMatchObject({ event: "update_person", args: [{}, { check: true }] });
});

it("filters are of the record's own fields and of their types", () => {
  const filters: Where<Visit>[] = [
    {
      day: "Monday",
      hour: { in: ["900"], starts: "9" },
      person: 3,
      "person.name": { contains: "a" },
    },
    { or: [{ person: { in: [1, null] } }, { not: { id: { gte: 3 } } }] },
    // @ts-expect-error There is no such field.
    { weekday: "Monday" },
    // @ts-expect-error A relation is asked by its id.
    { person: { id: 3 } },
    // @ts-expect-error A number has no beginning.
    { id: { starts: "3" } },
    // @ts-expect-error The day is a text.
    { day: 3 },
    // @ts-expect-error There is no such field of a person there.
    { "person.age": 3 },
  ];
  expect(filters).toHaveLength(7);
});
