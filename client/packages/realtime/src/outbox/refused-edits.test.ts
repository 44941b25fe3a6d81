/** Edits that are refused, and edits whose answer is lost: none is lost with it. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { settled } from "../testing/fake-socket.js";
import {
  ada,
  ages,
  edit,
  goLive,
  openPage,
  ops,
  realtime,
  refuse,
  reload,
  rose,
  socket,
  states,
  storage,
  stored,
} from "../testing/test-page.js";

beforeEach(openPage);

describe("an edit that is refused", () => {
  it.each([
    "invalid",
    "internal",
    "too_large",
    "forbidden",
    "op_reused",
    "not_found",
    "conflict",
    "in_use",
    "unknown_event",
  ])("for %s is kept, over a reload too, until a person decides", async (code) => {
    goLive();
    const outcome = realtime.mutate(edit);
    await refuse(code);
    await expect(outcome).resolves.toMatchObject({ status: "refused", ack: { meta: { code } } });
    expect(states()).toEqual(["parked"]);
    await reload();
    expect(ops()).toMatchObject([{ state: "parked", ack: { meta: { code } }, data: { age: 31 } }]);
    goLive();
    await settled();
    expect(ages()).toEqual([]);
    realtime.outbox.discard(ops()[0]?.op ?? "");
    expect(ops()).toEqual([]);
    expect(storage.saved.size).toBe(0);
  });

  it.each(["rate_limited", "unavailable"])("for %s goes out again by itself", async (code) => {
    vi.useFakeTimers();
    try {
      goLive();
      void realtime.mutate(edit);
      const first = socket.last();
      socket
        .last()
        .ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code, retry_after: 1 } });
      await vi.advanceTimersByTimeAsync(900);
      expect(states()).toEqual(["queued"]);
      expect(stored()).toContain("31");
      await vi.advanceTimersByTimeAsync(200);
      expect(socket.of("update_person").map(({ args }) => args)).toEqual([first.args, first.args]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("because its owner was signed out is sent when the same person is here again", async () => {
    goLive();
    const outcome = realtime.mutate(edit);
    await refuse("unauthorized");
    await expect(outcome).resolves.toEqual({ status: "queued", kept: true });
    socket.receive("session", { user: null });
    expect(ops()).toEqual([]);
    socket.drop();
    goLive(rose);
    await settled();
    expect(ages()).toEqual([31, 31]);
    const [first, again] = socket.of("update_person");
    expect(again?.args).toEqual(first?.args);
  });
});

describe("an answer that is lost", () => {
  it("to a reload: the same op goes out again", async () => {
    goLive();
    void realtime.mutate(edit);
    const before = socket.last();
    await reload();
    goLive();
    await settled();
    expect(socket.last().args).toEqual(before.args);
  });

  it("to a reload, with a server that cannot tell a repetition: a person decides", async () => {
    goLive();
    void realtime.mutate(edit);
    await reload();
    socket.accept({ data: "", access: "public-read", user: rose });
    socket.receive("people", [ada]);
    socket.last().ack({ ok: false, data: null, errors: {} });
    await settled();
    expect(states()).toEqual(["parked"]);
    expect(socket.of("update_person")).toEqual([]);
  });
});
