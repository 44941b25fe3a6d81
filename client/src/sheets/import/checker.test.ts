import type { Ack } from "@spotter/realtime";
import { describe, expect, it } from "vitest";
import type { Wire } from "./batches";
import { Checker, isOpen, judged } from "./checker";
import type { Server } from "./requests";
import { gym, reviewed, sheet } from "./testing";

const taken: Ack = {
  ok: false,
  data: null,
  errors: { errors: "No.", writes: { 0: { username: ["Taken."], errors: "Taken." } } },
};
const fine: Ack = { ok: true, data: [], errors: {} };

function checking(answer: () => Ack) {
  const asked: (readonly Wire[])[] = [];
  const server = {
    check: async (writes: readonly Wire[]) => {
      asked.push(writes);
      return answer();
    },
  } as unknown as Server;
  return { checker: new Checker(server), asked };
}

const rows = (...lines: string[]) =>
  reviewed([sheet(["name,age,username", ...lines].join("\n") + "\n")]).all;
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the server is asked", () => {
  it("of each row once, and again when it says something else", async () => {
    const { checker, asked } = checking(() => fine);
    const two = rows("Cy,40,", "Di,41,");
    checker.request(two, gym);
    await settled();
    expect(two.filter((row) => isOpen(row, checker.get()))).toEqual([]);
    checker.request(rows("Cy,40,", "Di,42,"), gym);
    await settled();
    expect(asked.map((writes) => writes.map(({ data }) => data["age"]))).toEqual([[40, 41], [42]]);
  });

  it("of a class with those of the same day: which overlap is seen of all at once", async () => {
    const { checker, asked } = checking(() => fine);
    const classes = (time: string) =>
      reviewed([
        sheet(
          `day,time,coach,plan\nMonday,5:00,Maya,Push\nMonday,${time},Maya,Push\nFriday,5:00,Maya,Push\n`,
        ),
      ]).all;
    checker.request(classes("7:00"), gym);
    await settled();
    checker.request(classes("5:30"), gym);
    await settled();
    const hours = asked.map((writes) => writes.map(({ data }) => data["hour"]));
    expect(hours).toEqual([
      ["500", "700", "500"],
      ["500", "530"],
    ]);
  });

  it("not of wrong rows, nor of those that change nothing", async () => {
    const { checker, asked } = checking(() => fine);
    checker.request(rows("Cy,4,", "Maya,30,maya"), gym);
    await settled();
    expect(asked).toEqual([]);
  });

  it("anew, once what it said is forgotten", async () => {
    const { checker, asked } = checking(() => fine);
    const one = rows("Cy,40,");
    checker.request(one, gym);
    await settled();
    checker.forget();
    checker.request(one, gym);
    await settled();
    expect(asked).toHaveLength(2);
  });
});

describe("what the server says", () => {
  it("makes a row wrong, until that says something else", async () => {
    const { checker } = checking(() => taken);
    const [row] = rows("Cy,40,maya");
    checker.request(row ? [row] : [], gym);
    await settled();
    expect(row && judged(row, checker.get(), new Map())).toMatchObject({
      status: "wrong",
      errors: { username: "Taken." },
    });
    const [corrected] = rows("Cy,40,cy");
    expect(corrected && judged(corrected, checker.get(), new Map()).status).toBe("new");
  });

  it("does not count once it is asked something newer", async () => {
    let answer = taken;
    const { checker } = checking(() => answer);
    const [first] = rows("Cy,40,maya");
    const [second] = rows("Cy,40,cy");
    checker.request(first ? [first] : [], gym);
    answer = fine;
    checker.request(second ? [second] : [], gym);
    await settled();
    expect(first && isOpen(first, checker.get())).toBe(true);
    expect(second && judged(second, checker.get(), new Map()).status).toBe("new");
  });

  it("is why it cannot be asked, where it refuses all", async () => {
    const { checker } = checking(() => ({ ...taken, errors: { errors: "Not now." } }));
    checker.request(rows("Cy,40,"), gym);
    await settled();
    expect(checker.get().trouble).toBe("Not now.");
  });
});
