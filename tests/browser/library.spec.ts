/** The client library by itself, without a page, against the real server: parts, lists, batches. */
import type { AnyRecord, Channel } from "@spotter/realtime";
import { protocol } from "../../client/src/protocol";
import { expect, test as base } from "./fixtures";
import { Gym } from "./gym";
import { Client } from "./library-client";
import { Server, STARTING } from "./server";

const test = base.extend<{ client: Client }>({
  client: async ({ server }, use) => {
    const client = new Client(server.url);
    await use(client);
    client.realtime.connection.close();
  },
});

const names = (records: readonly AnyRecord[] | undefined) =>
  records?.map((record) => (record as unknown as { name: string }).name);

/** All that match, as the server has it now. */
async function found(gym: Gym, channel: Channel, query: object): Promise<AnyRecord[]> {
  const answer = await gym.ask(`list_${channel}`, { limit: 1000, ...query });
  return answer["records"] as AnyRecord[];
}

test("parts follow what others do, and one's own edits at once", async ({ client, gym }) => {
  const own = (where: object) => ({ name: { starts: "Part Own" }, ...where });
  const young = client.part("coaches", own({ age: { lt: 40 } }));
  const old = client.part("coaches", own({ age: { gte: 40 } }));
  await expect.poll(young).toEqual([]);
  await expect.poll(old).toEqual([]);

  const ada = await gym.coach("Part Own Ada", { age: 39 });
  await expect.poll(() => names(young())).toEqual(["Part Own Ada"]);
  await gym.ask("update_coach", { id: ada.id, age: 40 });
  await expect.poll(() => names(old())).toEqual(["Part Own Ada"]);
  await expect.poll(young).toEqual([]);

  const edit = { channel: "coaches", kind: "update", id: ada.id } as const;
  const outcome = client.realtime.mutate({ ...edit, data: { age: 30 } });
  expect([names(young()), names(old())]).toEqual([["Part Own Ada"], []]);
  expect(await outcome).toMatchObject({ status: "saved" });
  const refused = client.realtime.mutate({ ...edit, data: { age: 400 } });
  expect([names(young()), names(old())]).toEqual([[], ["Part Own Ada"]]);
  expect(await refused).toMatchObject({ status: "refused", ack: { meta: { code: "invalid" } } });
  expect([names(young()), names(old())]).toEqual([["Part Own Ada"], []]);
  expect(client.realtime.connection.mode.get()).toBe("synced");
});

test("a list shows its pages in the server's order, and what moves into them", async ({
  client,
  gym,
}) => {
  const made = [];
  for (const name of ["e", "a", "d", "b", "c"]) made.push(await gym.coach(`Listed ${name}`));
  const query = { where: { name: { starts: "listed" } }, order: ["-name"], limit: 2, count: true };
  const list = client.list("coaches", query);
  const shown = () => names(list.get().records);
  await expect.poll(shown).toEqual(["Listed e", "Listed d"]);
  await expect.poll(() => list.get()).toMatchObject({ count: 5, hasMore: true });
  await list.fetchMore();
  expect(shown()).toEqual(["Listed e", "Listed d", "Listed c", "Listed b"]);

  await gym.coach("Listed dd");
  await gym.ask("update_coach", { id: made[0]?.id, name: "Listed 0" });
  await expect.poll(shown).toEqual(["Listed dd", "Listed d", "Listed c", "Listed b"]);
  await list.fetchMore();
  expect(shown()).toEqual(["dd", "d", "c", "b", "a", "0"].map((name) => `Listed ${name}`));
  expect(list.get().hasMore).toBe(false);
  await expect.poll(() => list.get().count).toBe(6);
});

test("a batch is one commit: all or nothing, checked, sent once after a drop, undone", async ({
  client,
  gym,
}) => {
  const { realtime } = client;
  const part = client.part("coaches", { name: { starts: "Batched" } });
  await expect.poll(part).toEqual([]);
  const make = (name: string, age = 30) =>
    ({ channel: "coaches", kind: "new", data: { name: `Batched ${name}`, age } }) as const;

  const checked = await realtime.check([make("a"), make("b", 3), make("c", 300)]);
  expect(Object.keys(checked.errors["writes"] ?? {})).toEqual(["1", "2"]);
  const refused = realtime.batch([make("a"), make("b", 3)]);
  expect(names(part())).toEqual(["Batched b", "Batched a"]);
  expect(await refused.outcome).toMatchObject({
    status: "refused",
    ack: { errors: { writes: { "1": { errors: /Age/ } } } },
  });
  realtime.outbox.discard(refused.op);
  expect(part()).toEqual([]);
  expect(await found(gym, "coaches", { where: { name: { starts: "Batched" } } })).toEqual([]);

  // In the moment in which it is gone: it comes back as soon as it can.
  const { status } = realtime.connection;
  await new Promise<void>((resolve) => {
    const stop = status.subscribe(() => {
      if (status.get().status === "live") return;
      stop();
      resolve();
    });
    client.socket.io.engine.close();
  });
  const { op, outcome } = realtime.batch([make("c"), make("d")]);
  expect(await outcome).toEqual({ status: "queued", kept: true });
  expect(part()).toHaveLength(2);
  await expect.poll(() => realtime.outbox.ops.get()).toEqual([]);
  expect(names(part())).toEqual(["Batched c", "Batched d"]);
  const [first, second] = part() ?? [];
  const commit = gym.of("coaches", first?.id ?? 0);
  expect(commit).toHaveLength(1);
  expect(gym.of("coaches", second?.id ?? 0)).toHaveLength(1);

  expect(await realtime.undo.edit(op)).toMatchObject({ ok: true });
  await expect.poll(part).toEqual([]);
});

test("after everything that happened parts and lists are what the server has", async ({
  client,
  gym,
  server,
}) => {
  const own = { name: { starts: "Random" } };
  const wheres = [
    own,
    { ...own, age: { lt: 40 } },
    { ...own, or: [{ age: { gte: 60 } }, { name: { contains: "SS" } }] },
    { ...own, not: { username: "" } },
  ];
  const parts = wheres.map((where) => client.part("coaches", where));
  const queries = [
    { where: own, order: ["age", "-name"], limit: 4 },
    { where: { ...own, age: { gt: 30 } }, order: ["-age"], limit: 3 },
  ];
  const lists = queries.map((query) => client.list("coaches", query));
  // The server starts anew in the middle.
  test.setTimeout(STARTING + 180_000);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const made: number[] = [];
  for (let turn = 0; turn < 120; turn += 1) {
    const data = {
      name: `Random ${["a", "ß", "Z", "ss"][random(4)]}${turn}`,
      age: 18 + random(60),
    };
    const kind = random(4);
    const id = made[random(made.length || 1)];
    if (kind === 0 || id === undefined) made.push((await gym.coach(data.name, data)).id);
    else if (kind === 1) {
      await gym.ask("delete_coach", { id });
      made.splice(made.indexOf(id), 1);
    } else if (kind === 2) {
      await gym.ask("update_coach", { id, ...data });
    } else {
      void client.realtime.mutate({ channel: "coaches", kind: "update", id, data });
    }
    if (turn % 15 === 14) await Promise.all(lists.map((list) => list.fetchMore()));
    if (turn === 50) client.socket.io.engine.close();
    if (turn === 90) {
      await server.kill();
      await server.up();
    }
  }
  await expect
    .poll(() => client.realtime.outbox.ops.get().filter(({ state }) => state !== "parked"))
    .toEqual([]);
  for (const [place, where] of wheres.entries()) {
    const wanted = await found(gym, "coaches", { where });
    await expect.poll(parts[place] ?? (() => null)).toEqual(wanted);
  }
  for (const [place, query] of queries.entries()) {
    const wanted = await found(gym, "coaches", query);
    const shown = () => lists[place]?.get().records ?? [];
    await expect.poll(() => shown().length > 0 && wanted.slice(0, shown().length)).toEqual(shown());
    expect(lists[place]?.get().hasMore).toBe(shown().length < wanted.length);
  }
});

test("a channel that is too big to be whole lives beside those that are", async () => {
  test.setTimeout(STARTING + 180_000);
  const server = await Server.start({}, "tests.wire.new_resource.large.serve");
  const visits = "visits" as Channel;
  const described = {
    ...protocol,
    singular: { ...protocol.singular, visits: "visit" },
    big: [visits],
  };
  const client = new Client(server.url, described, true);
  const gym = await Gym.connect(server.url);
  const coaches = client.realtime.table("coaches");
  await expect.poll(() => coaches.get()?.size).toBe(gym.all("coaches").length);
  expect(client.realtime.table(visits).get()).toBeUndefined();

  const [coach, other] = [await gym.coach("Big One"), await gym.coach("Big Other")];
  const part = client.part(visits, { coach: coach.id });
  const list = client.list(visits, { order: ["-name"], limit: 2 });
  await expect.poll(part).toEqual([]);
  const made = [];
  for (const name of ["Ann", "Bob", "Cid"])
    made.push(await gym.ask("new_visit", { name, coach, code: name }));
  await expect.poll(() => names(part())).toEqual(["Ann", "Bob", "Cid"]);
  await expect.poll(() => names(list.get().records)).toEqual(["Cid", "Bob", "Ann"]);

  const [ann, bob] = made.map(({ id }) => id);
  const edit = { channel: visits, kind: "update", id: ann ?? 0 } as const;
  const outcome = client.realtime.mutate({ ...edit, data: { coach: other } });
  expect(names(part())).toEqual(["Bob", "Cid"]);
  expect(await outcome).toMatchObject({ status: "saved" });
  await gym.ask("update_coach", { id: coach.id, name: "Big Renamed" });
  await expect.poll(part).toMatchObject([{ coach: { name: "Big Renamed" } }, {}]);
  await expect
    .poll(() => coaches.get()?.get(coach.id)?.record)
    .toMatchObject({ name: "Big Renamed" });

  const seen = client.realtime.queries.find(visits, bob ?? 0);
  expect(seen?.rev).toBeGreaterThan(0);
  await gym.ask("update_visit", { id: bob, name: "Rob" });
  const from = seen && { record: seen.record, rev: seen.rev };
  const late = { channel: visits, kind: "update", id: bob ?? 0, data: { name: "Bert" } } as const;
  expect(await client.realtime.mutate({ ...late, ...(from && { from }) })).toMatchObject({
    status: "refused",
    ack: { meta: { code: "conflict", current: { name: "Rob" } } },
  });
  client.realtime.connection.close();
  gym.close();
  await server.remove();
});
