import type { Ack, Realtime } from "@spotter/realtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusalOf, serverOf } from "./requests";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const committed = (seq: number): Ack => ({ ok: true, data: [], errors: {}, meta: { seq } });

describe("a batch that is equal to one just before", () => {
  it("is written too, and not taken for that one", async () => {
    const answers = [committed(1), committed(1), committed(2)];
    const send = vi.fn<() => Promise<Ack | undefined>>(async () => answers.shift());
    const server = serverOf({ commands: { send } } as unknown as Realtime);
    expect((await server.write([])).meta?.seq).toBe(1);
    const again = server.write([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await again).meta?.seq).toBe(2);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it("is also one that was taken back meanwhile", async () => {
    const answers = [committed(1), committed(1), committed(3)];
    const send = vi.fn<() => Promise<Ack | undefined>>(async () => answers.shift());
    const commit = async () => committed(2);
    const server = serverOf({ commands: { send }, undo: { commit } } as unknown as Realtime);
    await server.write([]);
    await server.undo(1);
    const again = server.write([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await again).meta?.seq).toBe(3);
  });
});

describe("a refusal", () => {
  it("is told by the cell, however deep it is in the field", () => {
    const errors = { 2: { id: ["There is no such move."] } };
    expect(refusalOf("workout_plans", { exercise_moves: errors, errors: "No." })).toEqual({
      errors: { exercise_moves_name: "There is no such move." },
      text: "",
    });
    expect(refusalOf("schedules", { coach: ["Please choose one."], errors: "No." })).toEqual({
      errors: { coach_name: "Please choose one." },
      text: "",
    });
  });

  it("is told of the row where it is about no cell", () => {
    const said = { errors: "Your role does not allow this.", id: ["There is no coach 3."] };
    expect(refusalOf("coaches", said)).toEqual({ errors: {}, text: said.errors });
  });
});
