import { afterEach, describe, expect, it, vi } from "vitest";
import { deviceStorage } from "../base/browser-storage.js";
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import { protocol } from "../testing/test-protocol.js";
import type { Op } from "./op.js";
import { LocalOutboxStorage } from "./outbox-storage.js";

const op: Op = {
  op: "00000000-0000-4000-8000-000000000001",
  order: 1,
  channel: "people",
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

afterEach(() => vi.unstubAllGlobals());

describe("stored edits", () => {
  it("are read beside entries that nothing can be made of, which stay", async () => {
    localStorage.setItem(key("a"), "{");
    localStorage.setItem(key("b"), "null");
    put("c", { tab: "x", op: { ...op, channel: "of another version" } });
    put("d", { tab: "x", op: { ...op, data: "?" } });
    put(op.op, { tab: "x", op });
    const storage = new LocalOutboxStorage(protocol);
    await storage.look();
    expect(storage.read("rose")).toEqual([{ ...op, held: "nobody" }]);
    expect(storage.read("ben")).toEqual([]);
    expect(localStorage.length).toBeGreaterThanOrEqual(5);
  });

  it("of an earlier version lose the write-only fields that it kept, and what is missing has a default", () => {
    const { at: _, base: __, ...old } = op;
    const data = { age: 31, password: "marker" };
    const before = { id: 1, name: "Ada", password: "marker" };
    put(op.op, { tab: "x", op: { ...old, data, before, waited: true } });
    const [read] = new LocalOutboxStorage(protocol).read("rose");
    expect(read).toMatchObject({ data: { age: 31 }, base: null, withheld: ["password"] });
    expect(localStorage.getItem(key(op.op))).not.toContain("marker");
  });

  it("of a page that is open are that page's, and anybody's once it has ended", async () => {
    vi.stubGlobal("navigator", {});
    deviceStorage.setOptional("spotter.tab.other", String(Date.now()));
    put(op.op, { tab: "other", op });
    const storage = new LocalOutboxStorage(protocol);
    await storage.look();
    expect(storage.read("rose")).toMatchObject([{ held: "elsewhere" }]);
    await expect(storage.claim(op)).resolves.toBe(false);
    const changed = vi.fn<() => void>();
    storage.watch(changed);
    deviceStorage.remove("spotter.tab.other");
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
    const rose = { id: null, name: "Rose", picture: null, username: "rose", role: "staff" };
    const pages = [new FakeSocket(), new FakeSocket()].map((socket) => {
      const credentials = () => ({ token: "t", account: "rose" });
      return {
        socket,
        realtime: new Realtime({
          socket,
          protocol,
          storage: new LocalOutboxStorage(protocol),
          credentials,
        }),
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
    deviceStorage.setOptional("spotter.tab.other", String(Date.now() - 91_000));
    put(op.op, { tab: "other", op });
    const storage = new LocalOutboxStorage(protocol);
    await storage.look();
    expect(storage.read("rose")).toMatchObject([{ held: "nobody" }]);
  });
});
