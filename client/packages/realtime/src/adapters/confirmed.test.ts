import { beforeEach, expect, it } from "vitest";
import { settled } from "../testing/fake-socket.js";
import {
  ada,
  edit,
  goLive,
  openPage,
  ops,
  realtime,
  refuse,
  socket,
} from "../testing/test-page.js";
import { confirmed, Refused } from "./confirmed.js";

beforeEach(openPage);

const done = { ok: true, data: { ...ada, age: 31 }, errors: {}, meta: { seq: 6, rev: 6 } };

/** The server tells everybody what it has done. */
const tell = () =>
  socket.receive("changes", {
    epoch: "e",
    prev: 5,
    seq: 6,
    changes: [{ channel: "people", type: "put", id: 1, rev: 6, record: done.data }],
  });

it("resolves with the answer once all that is shown has it", async () => {
  goLive();
  let answer: unknown;
  void confirmed(realtime, [edit]).then((ack) => (answer = ack));
  await settled();
  socket.last().ack(done);
  await settled();
  expect(answer).toBeUndefined();
  tell();
  await settled();
  expect(answer).toMatchObject(done);
});

it("does not miss an answer that comes after what was done", async () => {
  goLive();
  const answer = confirmed(realtime, [edit]);
  await settled();
  tell();
  socket.last().ack(done);
  expect(await answer).toMatchObject(done);
});

it("waits for a connection", async () => {
  const answer = confirmed(realtime, [edit]);
  await settled();
  goLive();
  await settled();
  socket.last().ack(done);
  tell();
  expect(await answer).toMatchObject(done);
});

it("throws the reason of a refusal, which nobody has to dismiss", async () => {
  goLive();
  const answer = confirmed(realtime, [edit]);
  await settled();
  await refuse("conflict");
  await expect(answer).rejects.toMatchObject({ message: "No.", code: "conflict" });
  expect(ops()).toEqual([]);
});

it("throws if it was taken back before it was sent", async () => {
  const answer = confirmed(realtime, [edit]);
  await settled();
  realtime.outbox.discardAll();
  await expect(answer).rejects.toBeInstanceOf(Refused);
});
