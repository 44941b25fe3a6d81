/** What becomes of edits: never lost, never anybody else's, never with a secret on the device. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSocket, settled } from "../../test/fake-socket";
import { MemoryStorage } from "../../test/memory-storage";
import { Realtime } from "./client";

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };
const rose = { id: null, name: "Rose", picture: "", username: "rose", role: "coach" };
const ben = { ...rose, name: "Ben", username: "ben" };
const snapshot = { epoch: "e", mode: "snapshot", seq: 5 };
const edit = { channel: "coaches", kind: "update", id: 1, data: { age: 31 } } as const;
const secret = { ...edit, data: { age: 31, password: "marker" } };

let socket: FakeSocket;
let storage: MemoryStorage;
let realtime: Realtime;

function make(): void {
  socket = new FakeSocket();
  const credentials = () => ({ token: "t", account: "rose" });
  realtime = new Realtime({ socket, storage, credentials });
}

function goLive(user: object | null = rose, access = "public-read"): void {
  socket.accept({ data: "", access, user });
  const coaches = [{ rev: 3, record: ada }];
  socket.receive("sync", { ...snapshot, snapshot: { coaches } });
}

async function reload(): Promise<void> {
  make();
  await realtime.outbox.restore();
}

async function refuse(code: string): Promise<void> {
  socket.last().ack({ ok: false, data: null, errors: { errors: "No." }, meta: { code } });
  await settled();
}

const ops = () => realtime.outbox.ops.get();
const states = () => ops().map((op) => op.state);
const stored = () => [...storage.saved.values()].join();
const ages = () => socket.of("update_coach").map(({ args }) => (args[0] as { age: number }).age);

beforeEach(() => {
  storage = new MemoryStorage();
  make();
});

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
      expect(socket.of("update_coach").map(({ args }) => args)).toEqual([first.args, first.args]);
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
    const [first, again] = socket.of("update_coach");
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
    socket.receive("coaches", [ada]);
    socket.last().ack({ ok: false, data: null, errors: {} });
    await settled();
    expect(states()).toEqual(["parked"]);
    expect(socket.of("update_coach")).toEqual([]);
  });
});

describe("edits of one person", () => {
  beforeEach(async () => {
    goLive();
    socket.drop();
    await realtime.mutate(edit);
  });

  it.each([
    ["somebody else", ben],
    ["nobody", null],
  ])("are not shown to %s, and there again for who made them", async (_who, next) => {
    goLive(next);
    await settled();
    expect(ops()).toEqual([]);
    expect(realtime.table("coaches").get()?.get(1)?.record).toEqual(ada);
    expect(ages()).toEqual([]);
    socket.drop();
    goLive(rose);
    await settled();
    expect(ages()).toEqual([31]);
  });

  it("are not another one's when that one signs in without a connection", () => {
    let account = "rose";
    const other = new FakeSocket();
    const page = new Realtime({
      socket: other,
      storage,
      credentials: () => ({ token: account, account }),
    });
    void page.outbox.restore();
    account = "ben";
    page.connection.reopen();
    expect(page.outbox.ops.get()).toEqual([]);
  });

  it("are theirs under another name too, once an admin has given them one", async () => {
    goLive({ ...rose, username: "rosa" });
    expect(ops()).toEqual([]);
    realtime.outbox.rename("rose", "rosa");
    await settled();
    expect(ages()).toEqual([31]);
  });

  it("can all be discarded", () => {
    realtime.outbox.discardAll();
    expect(ops()).toEqual([]);
    expect(storage.saved.size).toBe(0);
  });
});

describe("what the server told one account", () => {
  it("is gone when the connection becomes somebody else's", () => {
    goLive();
    socket.receive("session", { user: ben });
    expect(realtime.table("coaches").get()).toBeUndefined();
    expect(socket.last()).toMatchObject({ event: "sync", args: [null] });
  });

  it("is gone when nobody may read any more", () => {
    goLive(rose, "required");
    socket.receive("session", { user: null });
    expect(realtime.table("coaches").get()).toBeUndefined();
    expect(socket.of("sync")).toEqual([]);
  });
});

describe("a secret", () => {
  it("is sent, and neither stored nor shown meanwhile", async () => {
    goLive();
    void realtime.mutate(secret);
    expect(socket.last().args[0]).toEqual({ id: 1, age: 31, password: "marker" });
    expect(stored()).not.toContain("marker");
    expect(realtime.table("coaches").get()?.get(1)?.record).not.toHaveProperty("password");
    await refuse("invalid");
    expect(JSON.stringify(ops())).not.toContain("marker");
  });

  it("waits in the memory of the page, and says so", async () => {
    goLive();
    socket.drop();
    await expect(realtime.mutate(secret)).resolves.toEqual({ status: "queued", kept: false });
    expect(stored()).not.toContain("marker");
    await realtime.outbox.restore();
    goLive();
    await settled();
    expect(socket.last().args[0]).toEqual({ id: 1, age: 31, password: "marker" });
  });

  it("is gone with the page, and the rest of the edit waits for a person to type it again", async () => {
    goLive();
    socket.drop();
    await realtime.mutate(secret);
    await reload();
    goLive();
    await settled();
    expect(ages()).toEqual([]);
    expect(ops()).toMatchObject([
      {
        state: "parked",
        data: { age: 31 },
        withheld: ["password"],
        ack: { meta: { code: "withheld" } },
      },
    ]);
    const [op] = ops();
    realtime.outbox.retry(op?.op ?? "");
    expect(states()).toEqual(["parked"]);
    realtime.outbox.retry(op?.op ?? "", { data: { age: 32, password: "another" } });
    expect(socket.last().args[0]).toMatchObject({ age: 32, password: "another" });
  });

  it("leaves the memory with who typed it", async () => {
    goLive();
    socket.drop();
    await realtime.mutate(secret);
    goLive(ben);
    socket.drop();
    goLive(rose);
    expect(states()).toEqual(["parked"]);
    expect(JSON.stringify(ops())).not.toContain("marker");
  });
});
