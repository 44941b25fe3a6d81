/** What belongs to one account is shown to no other one, and sent under no other name. */
import { beforeEach, describe, expect, it } from "vitest";
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import {
  ada,
  ages,
  ben,
  edit,
  goLive,
  openPage,
  ops,
  realtime,
  rose,
  socket,
  storage,
} from "../testing/test-page.js";
import { protocol } from "../testing/test-protocol.js";

beforeEach(openPage);

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
    expect(realtime.table("people").get()?.get(1)?.record).toEqual(ada);
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
      protocol,
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
    expect(realtime.table("people").get()).toBeUndefined();
    expect(socket.last()).toMatchObject({ event: "sync", args: [null] });
  });

  it("is gone when nobody may read any more", () => {
    goLive(rose, "required");
    socket.receive("session", { user: null });
    expect(realtime.table("people").get()).toBeUndefined();
    expect(socket.of("sync")).toEqual([]);
  });
});
