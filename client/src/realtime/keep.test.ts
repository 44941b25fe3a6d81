import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeSocket, settled } from "../../test/fake-socket";
import { Realtime } from "./client";
import { device, Keep, notKept } from "./keep";
import type { Op } from "./op";
import { LocalOutboxStorage } from "./outbox-storage";

const op: Op = {
  op: "00000000-0000-4000-8000-000000000001",
  order: 1,
  channel: "coaches",
  kind: "update",
  id: 1,
  data: { age: 31 },
  before: null,
  base: 3,
  as: "rose",
  at: 1,
  state: "queued",
};
const key = (name: string) => `spotter.op.${name}`;
const put = (name: string, value: unknown) =>
  localStorage.setItem(key(name), JSON.stringify(value));

/** A storage that cannot be used as one: each use of it throws, or it is not there at all. */
function broken(error: DOMException | null): () => Storage {
  if (error === null) return () => undefined as unknown as Storage;
  return () => {
    throw error;
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  notKept.set(null);
});

describe("what the browser does not keep", () => {
  it.each([
    ["that is blocked", "blocked", new DOMException("no", "SecurityError")],
    ["that is full", "full", new DOMException("full", "QuotaExceededError")],
    ["that is missing", "blocked", null],
  ])("is in this page's memory, with a storage %s, and that is said", (_how, why, error) => {
    const keep = new Keep(broken(error));
    expect(keep.get("a")).toBeNull();
    expect(keep.keys("")).toEqual([]);
    keep.note("a", "1");
    expect(notKept.get()).toBeNull();
    expect(keep.set("b", "2")).toBe(false);
    expect(notKept.get()).toBe(why);
    expect([keep.get("a"), keep.get("b")]).toEqual(["1", "2"]);
    expect(keep.keys("b")).toEqual(["b"]);
    keep.remove("b");
    expect(keep.get("b")).toBeNull();
  });

  it("is the newest value where only an older one fits", () => {
    let full = false;
    const area = new Map<string, string>([["a", "old"]]);
    const storage = {
      getItem: (name: string) => area.get(name) ?? null,
      setItem: (name: string, value: string) => {
        if (full) throw new DOMException("full", "QuotaExceededError");
        area.set(name, value);
      },
    } as unknown as Storage;
    const keep = new Keep(() => storage);
    full = true;
    keep.set("a", "new");
    expect(keep.get("a")).toBe("new");
    full = false;
    keep.set("a", "newer");
    expect([keep.get("a"), area.get("a")]).toEqual(["newer", "newer"]);
  });
});

describe("stored edits", () => {
  it("are read beside entries that nothing can be made of, which stay", async () => {
    localStorage.setItem(key("a"), "{");
    localStorage.setItem(key("b"), "null");
    put("c", { tab: "x", op: { ...op, channel: "of another version" } });
    put("d", { tab: "x", op: { ...op, data: "?" } });
    put(op.op, { tab: "x", op });
    const storage = new LocalOutboxStorage();
    await storage.look();
    expect(storage.read("rose")).toEqual([{ ...op, held: "nobody" }]);
    expect(storage.read("ben")).toEqual([]);
    expect(localStorage.length).toBeGreaterThanOrEqual(5);
  });

  it("of an earlier version lose the secrets that it kept, and what is missing has a default", () => {
    const { at: _, base: __, ...old } = op;
    const data = { age: 31, password: "marker" };
    const before = { id: 1, name: "Ada", password: "marker" };
    put(op.op, { tab: "x", op: { ...old, data, before, waited: true } });
    const [read] = new LocalOutboxStorage().read("rose");
    expect(read).toMatchObject({ data: { age: 31 }, base: null, withheld: ["password"] });
    expect(localStorage.getItem(key(op.op))).not.toContain("marker");
  });

  it("of a page that is open are that page's, and anybody's once it has ended", async () => {
    vi.stubGlobal("navigator", {});
    device.note("spotter.tab.other", String(Date.now()));
    put(op.op, { tab: "other", op });
    const storage = new LocalOutboxStorage();
    await storage.look();
    expect(storage.read("rose")).toMatchObject([{ held: "elsewhere" }]);
    await expect(storage.claim(op)).resolves.toBe(false);
    const changed = vi.fn<() => void>();
    storage.watch(changed);
    device.remove("spotter.tab.other");
    dispatchEvent(new StorageEvent("storage", { key: "spotter.tab.other", newValue: null }));
    expect(changed).toHaveBeenCalled();
    await storage.look();
    expect(storage.read("rose")).toMatchObject([{ held: "nobody" }]);
    await expect(storage.claim(op)).resolves.toBe(true);
    expect(storage.read("rose")).toEqual([op]);
  });

  it("that two pages send are done once, and shown once", async () => {
    // Without locks, a duplicated tab does not know that it is one.
    vi.stubGlobal("navigator", {});
    sessionStorage.setItem("spotter.tab", "twice");
    put(op.op, { tab: "twice", op });
    const rose = { id: null, name: "Rose", picture: null, username: "rose", role: "coach" };
    const pages = [new FakeSocket(), new FakeSocket()].map((socket) => {
      const credentials = () => ({ token: "t", account: "rose" });
      return {
        socket,
        realtime: new Realtime({ socket, storage: new LocalOutboxStorage(), credentials }),
      };
    });
    for (const { socket, realtime } of pages) {
      await realtime.outbox.restore();
      socket.accept({ data: "", access: "open", user: rose });
      socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 5, snapshot: {} });
      await vi.waitFor(() => expect(socket.sent).toHaveLength(1));
      expect(realtime.outbox.ops.get()).toHaveLength(1);
    }
    const [first, second] = pages.map(({ socket }) => socket.last());
    expect(first?.args).toEqual(second?.args);
    const ack = { ok: true, data: { id: 1 }, errors: {}, meta: { seq: 5, rev: 5 } };
    first?.ack(ack);
    await settled();
    expect(localStorage.getItem(key(op.op))).toBeNull();
    dispatchEvent(new StorageEvent("storage", { key: key(op.op), newValue: null }));
    second?.ack({ ...ack, meta: { ...ack.meta, replayed: true } });
    await settled();
    expect(pages.flatMap(({ realtime }) => realtime.outbox.ops.get())).toEqual([]);
    expect(localStorage.getItem(key(op.op))).toBeNull();
  });

  it("of a page that crashed are anybody's when it has been silent for long", async () => {
    vi.stubGlobal("navigator", {});
    device.note("spotter.tab.other", String(Date.now() - 91_000));
    put(op.op, { tab: "other", op });
    const storage = new LocalOutboxStorage();
    await storage.look();
    expect(storage.read("rose")).toMatchObject([{ held: "nobody" }]);
  });
});
