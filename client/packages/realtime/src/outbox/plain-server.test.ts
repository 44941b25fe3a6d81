import { beforeEach, describe, expect, it } from "vitest";
import { Realtime } from "../realtime.js";
import { FakeSocket, settled } from "../testing/fake-socket.js";
import { MemoryOutboxStorage } from "../testing/memory-outbox-storage.js";
import { protocol } from "../testing/test-protocol.js";

const ada = { id: 1, name: "Ada", age: 30, picture: "", username: "" };

let socket: FakeSocket;
let realtime: Realtime;

const person = (id: number) => realtime.table("people").get()?.get(id)?.record;
const states = () => realtime.outbox.ops.get().map((op) => op.state);

describe("with a server that only sends arrays", () => {
  beforeEach(async () => {
    socket = new FakeSocket();
    realtime = new Realtime({ socket, protocol, storage: new MemoryOutboxStorage() });
    socket.accept();
    socket.receive("people", [ada]);
    socket.last().ack({ ok: false, data: null, errors: {} });
    await settled();
  });

  it("sends the data alone and shows the answer", async () => {
    const outcome = realtime.mutate({ channel: "people", kind: "new", data: { name: "Bo" } });
    expect(socket.last()).toMatchObject({ event: "new_person", args: [{ name: "Bo" }] });
    expect(socket.last().args).toHaveLength(1);
    socket.last().ack({ ok: true, data: { ...ada, id: 2, name: "Bo" }, errors: {} });
    await outcome;
    expect(person(2)).toMatchObject({ name: "Bo" });
    expect(states()).toEqual([]);
  });

  it("does not repeat a request whose answer was lost", async () => {
    const outcome = realtime.mutate({ channel: "people", kind: "new", data: { name: "Bo" } });
    socket.drop();
    await expect(outcome).resolves.toEqual({ status: "queued", kept: true });
    await settled();
    expect(states()).toEqual(["parked"]);
    socket.accept();
    socket.receive("people", [ada]);
    expect(socket.of("new_person")).toHaveLength(1);
  });
});
