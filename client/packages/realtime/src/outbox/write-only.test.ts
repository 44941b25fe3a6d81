/** The values of write-only fields are in the memory of the page, and in no storage. */
import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../testing/fake-socket.js";
import {
  ages,
  ben,
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
  stored,
} from "../testing/test-page.js";

const withPassword = { ...edit, data: { age: 31, password: "marker" } };

beforeEach(openPage);

describe("a write-only field", () => {
  it("is sent, and neither stored nor shown meanwhile", async () => {
    goLive();
    void realtime.mutate(withPassword);
    expect(socket.last().args[0]).toEqual({ id: 1, age: 31, password: "marker" });
    expect(stored()).not.toContain("marker");
    expect(realtime.table("people").get()?.get(1)?.record).not.toHaveProperty("password");
    await refuse("invalid");
    expect(JSON.stringify(ops())).not.toContain("marker");
  });

  it("waits in the memory of the page, and says so", async () => {
    goLive();
    socket.drop();
    await expect(realtime.mutate(withPassword)).resolves.toEqual({ status: "queued", kept: false });
    expect(stored()).not.toContain("marker");
    await realtime.outbox.restore();
    goLive();
    await settled();
    expect(socket.last().args[0]).toEqual({ id: 1, age: 31, password: "marker" });
  });

  it("is gone with the page, and the rest of the edit waits for a person to type it again", async () => {
    goLive();
    socket.drop();
    await realtime.mutate(withPassword);
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
    await realtime.mutate(withPassword);
    goLive(ben);
    socket.drop();
    goLive(rose);
    expect(states()).toEqual(["parked"]);
    expect(JSON.stringify(ops())).not.toContain("marker");
  });
});
