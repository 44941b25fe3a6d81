import type { Ack, Errors } from "@spotter/realtime";
import { describe, expect, it, vi } from "vitest";
import type { Wire } from "./batches";
import { fitting } from "./batches";
import { check } from "./checking";
import type { Verdict } from "./checking";
import type { Draft } from "./draft";
import type { Refusal, Server } from "./requests";
import { emptyGym, gym, reviewed, sheet } from "./testing";
import { write } from "./writing";
import type { Written } from "./writing";

const no = (code: NonNullable<Ack["meta"]>["code"], errors: Errors = {}): Ack => ({
  ok: false,
  data: null,
  errors: { errors: "No.", ...errors },
  meta: { ...(code && { code }) },
});

/** A server that gives ids from 100 on, and remembers the batches. */
function fake(answer: (writes: readonly Wire[]) => Ack | undefined = () => undefined) {
  const batches: (readonly Wire[])[] = [];
  const checks: (readonly Wire[])[] = [];
  let id = 100;
  const server: Server = {
    check: async (writes) => {
      checks.push(writes);
      return answer(writes) ?? { ok: true, data: [], errors: {} };
    },
    write: async (writes) => {
      const refused = answer(writes);
      if (refused) return refused;
      batches.push(writes);
      const data = writes.map(({ data: fields }) => ({ ...fields, id: (id += 1) }));
      return { ok: true, data, errors: {}, meta: { seq: batches.length } };
    },
    undo: async () => ({ ok: true, data: null, errors: {} }),
  };
  return { server, batches, checks };
}

const coaches = (count: number) =>
  sheet(["name,age", ...Array.from({ length: count }, (_, at) => `Coach ${at},30`)].join("\n"));

function listening() {
  const written: Written[] = [];
  const refused = new Map<string, Refusal>();
  const listener = {
    written: (batch: Written) => void written.push(batch),
    refused: (some: ReadonlyMap<string, Refusal>) =>
      some.forEach((each, key) => refused.set(key, each)),
  };
  return { written, refused, listener };
}

const signal = () => new AbortController().signal;
const groupOf = (drafts: readonly Draft[], name = "a.csv") => ({ name, drafts });

describe("rows are written", () => {
  it("in batches of at most 500, and of no more bytes than a request may have", async () => {
    const { server, batches } = fake();
    const { written, listener } = listening();
    const { all } = reviewed([coaches(1_200)]);
    const end = await write([groupOf(all)], new Map(), server, signal(), listener);
    expect(end).toEqual({ kind: "done" });
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(written.map(({ seq, rows }) => [seq, rows[0]?.line, rows.at(-1)?.line])).toEqual([
      [1, 2, 501],
      [2, 502, 1_001],
      [3, 1_002, 1_201],
    ]);
    const long = { event: "new_coach", data: { name: "ü".repeat(500) } };
    expect(fitting(Array.from({ length: 500 }, () => long))).toBe(57);
    expect(fitting([{ ...long, data: { name: "x".repeat(100_000) } }, long])).toBe(1);
  });

  it("with the ids of what was made just before", async () => {
    const { server, batches } = fake();
    const { listener } = listening();
    const week = sheet("day,time,coach,plan\nTue,9:00,Coach 1,Push\n", { key: "c" });
    const { drafts } = reviewed([coaches(2), week]);
    const groups = ["s", "c"].map((key) => groupOf(drafts.get(key) ?? []));
    await write(groups, new Map(), server, signal(), listener);
    expect(batches[1]?.[0]).toEqual({
      event: "new_schedule",
      data: { day: "Tuesday", hour: "900", coach: { id: 102 }, workout_plan: { id: 1 } },
    });
  });

  it("with the rev that a change starts from", async () => {
    const { server, batches } = fake();
    const { all } = reviewed([sheet("id,name,age\n1,Maya,31\n")]);
    await write([groupOf(all)], new Map(), server, signal(), listening().listener);
    expect(batches).toEqual([[{ event: "update_coach", data: { id: 1, age: 31 }, base: 7 }]]);
  });

  it("until somebody cancels: whole batches are there, and the rest is not", async () => {
    const { server, batches } = fake();
    const { written, listener } = listening();
    const control = new AbortController();
    const cancelling = {
      ...listener,
      written: (batch: Written) => {
        listener.written(batch);
        control.abort();
      },
    };
    const { all } = reviewed([coaches(1_200)]);
    const end = await write([groupOf(all)], new Map(), server, control.signal, cancelling);
    expect(end).toEqual({ kind: "cancelled" });
    expect([batches.length, written.length]).toEqual([1, 1]);
  });

  it("without those that the server refuses, of which all are named", async () => {
    const isTaken = ({ data }: Wire) => String(data["name"]).endsWith("7");
    const { server, batches } = fake((writes) => {
      const wrong = writes.flatMap((wire, at) => (isTaken(wire) ? [at] : []));
      if (wrong.length === 0) return undefined;
      const errors = wrong.map((at) => [at, { name: ["Taken."], errors: "Taken." }]);
      return no("invalid", { writes: Object.fromEntries(errors) as Errors });
    });
    const { refused, listener } = listening();
    const { all } = reviewed([coaches(20)]);
    const end = await write([groupOf(all)], new Map(), server, signal(), listener);
    expect(end).toEqual({ kind: "done" });
    expect(batches.map(({ length }) => length)).toEqual([18]);
    expect([...refused]).toEqual([
      ["s:9", { errors: { name: "Taken." }, text: "" }],
      ["s:19", { errors: { name: "Taken." }, text: "" }],
    ]);
  });

  it("not where they refer to what was refused", async () => {
    const { server } = fake((writes) =>
      writes[0]?.event === "new_coach"
        ? no("invalid", { writes: { 0: { age: ["Too old."], errors: "Too old." } } })
        : undefined,
    );
    const { refused, written, listener } = listening();
    const week = sheet("day,time,coach,plan\nTue,9:00,Coach 0,Push\n", { key: "c" });
    const { drafts } = reviewed([coaches(1), week]);
    const groups = ["s", "c"].map((key) => groupOf(drafts.get(key) ?? []));
    await write(groups, new Map(), server, signal(), listener);
    expect(written).toEqual([]);
    expect(refused.get("c:2")?.text).toBe("A row that it refers to was not saved.");
  });

  it("in smaller batches where the server takes no larger ones", async () => {
    const { server, batches } = fake((writes) =>
      writes.length > 130 ? no("too_large") : undefined,
    );
    const { all } = reviewed([coaches(300)]);
    await write([groupOf(all)], new Map(), server, signal(), listening().listener);
    expect(batches.map(({ length }) => length)).toEqual([75, 75, 75, 75]);
  });

  it("later, where the server wants to wait", async () => {
    vi.useFakeTimers();
    let busy = true;
    const { server, batches } = fake(() => (busy ? no("rate_limited") : undefined));
    const { all } = reviewed([coaches(3)]);
    const writing = write([groupOf(all)], new Map(), server, signal(), listening().listener);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(batches).toEqual([]);
    busy = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await writing).toEqual({ kind: "done" });
    vi.useRealTimers();
  });

  it("no further than the server lets it", async () => {
    const { server } = fake(() => no("forbidden"));
    const { all } = reviewed([coaches(3)]);
    const end = await write([groupOf(all)], new Map(), server, signal(), listening().listener);
    expect(end).toEqual({ kind: "stopped", why: "No." });
  });
});

describe("rows are checked", () => {
  const verdictsOf = async (
    drafts: readonly Draft[],
    server: Server,
    what = gym,
  ): Promise<Map<string, Verdict>> => {
    const found = new Map<string, Verdict>();
    const tell = (some: ReadonlyMap<string, Verdict>) =>
      some.forEach((one, key) => found.set(key, one));
    expect(await check(drafts, what, server, signal(), tell)).toBeNull();
    return found;
  };

  it("each once, with what the server says of it", async () => {
    const { server, checks } = fake((writes) =>
      writes.length < 500
        ? no("invalid", { writes: { 1: { username: ["Taken."], errors: "Taken." } } })
        : { ok: true, data: [], errors: {}, meta: { warnings: ["Write 2 (new coach): Is old."] } },
    );
    const { all } = reviewed([coaches(503)]);
    const found = await verdictsOf(all, server);
    expect(checks.map(({ length }) => length)).toEqual([500, 3]);
    expect(found.size).toBe(503);
    expect(found.get("s:3")).toEqual({ refusal: null, warnings: [{ text: "Is old.", row: null }] });
    expect(found.get("s:503")?.refusal).toEqual({ errors: { username: "Taken." }, text: "" });
  });

  it("with another record for one that is not there yet, whose warnings do not count", async () => {
    const { server, checks } = fake(() => ({
      ok: true,
      data: [],
      errors: {},
      meta: { warnings: ["Write 1 (new schedule): Maya teaches Push."] },
    }));
    const week = sheet("day,time,coach,plan\nTue,9:00,Coach 0,Push\n", { key: "c" });
    const { drafts } = reviewed([coaches(1), week]);
    const found = await verdictsOf(drafts.get("c") ?? [], server);
    expect(checks[0]?.[0]?.data).toMatchObject({ coach: { id: 1 } });
    expect(found.get("c:2")).toEqual({ refusal: null, warnings: [] });
  });

  it("when they are written, where nothing can stand for what they refer to", async () => {
    const { server, checks } = fake();
    const week = sheet("day,time,coach,plan\nTue,9:00,Coach 0,Zumba\n", { key: "c" });
    const plan = sheet("name,difficulty,description,moves\nZumba,Easy,Dance an hour.,Hop\n", {
      key: "p",
    });
    const move = sheet("name,focus,description\nHop,Legs,On one leg alone.\n", { key: "m" });
    const { drafts } = reviewed([coaches(1), move, plan, week], { gym: emptyGym });
    const all = ["p", "c"].flatMap((key) => drafts.get(key) ?? []);
    expect((await verdictsOf(all, server, emptyGym)).size).toBe(2);
    expect(checks).toEqual([]);
  });
});
