import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { settled } from "@spotter/realtime/testing";
import { renderApp } from "../../../test/render";
import OnlyOnDrawer from "./only-on-drawer";
import { exception, slot } from "./testing";

const user = userEvent.setup({ delay: null });
const thursday = slot(1, "Thursday", "900");
const date = "2037-12-24";
const theirs = { ...exception(thursday, date, { cancelled: true, note: "Theirs" }), id: 7 };
const answer = (mode: object) => ({ epoch: "e", ...mode });
const onClose = vi.fn<() => void>();

/** The dialog of one date, which is opened again whenever it is closed. */
function Opened() {
  const [times, setTimes] = useState(1);
  const close = () => {
    onClose();
    setTimes(times + 1);
  };
  return <OnlyOnDrawer key={times} id="1" date={date} onClose={close} />;
}

let page: ReturnType<typeof renderApp>;

/** As a page that shows what it kept from an earlier visit, and then hears what is there by now. */
beforeEach(() => {
  onClose.mockClear();
  page = renderApp(<Opened />);
  act(() => {
    page.socket.accept();
    const schedules = [{ rev: 1, record: thursday }];
    const snapshot = { schedules, exceptions: [], coaches: [] };
    page.socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot }));
  });
});

const note = () => screen.getByRole("textbox", { name: "Note" });

function arrive(seq: number) {
  act(() => {
    const changes = [{ channel: "exceptions", type: "put", id: 7, rev: seq, record: theirs }];
    page.socket.receive("changes", answer({ prev: seq - 1, seq, changes }));
  });
}

it("a form in which nothing was typed goes on with what has come", () => {
  arrive(6);
  expect(note()).toHaveProperty("value", "Theirs");
  expect(screen.getByRole("radio", { name: "Cancelled" })).toHaveProperty("checked", true);
});

it("what was typed stays, until one decides for what has come", async () => {
  await user.type(note(), "Mine");
  arrive(6);
  expect(note()).toHaveProperty("value", "Mine");
  expect(screen.getByText("It is now: cancelled: Theirs.")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Edit the new version" }));
  expect(note()).toHaveProperty("value", "Theirs");
});

it("one's own may come before its answer: it is not somebody else's, and the form closes", async () => {
  const said = vi.fn<() => void>();
  const watch = new MutationObserver(() => {
    if (screen.queryByText(/changed this date meanwhile/)) said();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  await user.type(note(), "Mine");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(page.socket.last()).toMatchObject({
    event: "new_exception",
    args: [{ date, schedule: { id: 1 }, cancelled: false, coach: null, note: "Mine" }, {}],
  });
  arrive(6);
  const ack = { ok: true, data: theirs, errors: {}, meta: { seq: 6, rev: 6 } };
  await act(async () => {
    page.socket.last().ack(ack);
    await settled();
  });
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  watch.disconnect();
  expect(said).not.toHaveBeenCalled();
});

it("what would be as every week is not sent", async () => {
  await user.type(note(), "  ");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(page.socket.of("new_exception")).toEqual([]);
  expect(onClose).toHaveBeenCalledOnce();
});

it("what waits for a connection is taken back, and never sent", async () => {
  act(() => page.socket.drop());
  await user.type(note(), "Mine");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  await user.click(screen.getByRole("button", { name: "Take it back" }));
  expect(note()).toHaveProperty("value", "");
  expect(page.realtime.outbox.ops.get()).toEqual([]);
  expect(page.socket.of("new_exception")).toEqual([]);
});
