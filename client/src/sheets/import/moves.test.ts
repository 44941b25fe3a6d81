import { describe, expect, it } from "vitest";
import { reviewed, sheet } from "./testing";

const plans = (...lines: string[]) =>
  sheet(["name,difficulty,description,moves", ...lines].join("\n") + "\n", { key: "p" });

/** Of each row its status and what is wrong with it. */
function verdicts(...args: Parameters<typeof reviewed>) {
  return reviewed(...args).all.map(({ status, errors, problems }) =>
    [status, ...Object.values(errors), ...problems.map(({ text }) => text)].join(": "),
  );
}

describe("the moves of a plan", () => {
  const movesOf = (text: string, more = {}) =>
    reviewed([sheet(text)], more).all.map(({ write, errors }) =>
      Object.keys(errors).length > 0 ? errors : write?.data["exercise_moves"],
    );

  it("are named, between semicolons or commas or in lines", () => {
    const text = plans(
      "A1,Hard,A description.,Squat; lunge",
      'A2,Hard,A description.,"Squat, Lunge"',
      'A3,Hard,A description.,"Squat\nLunge"',
    );
    const places = reviewed([text]).all.map(({ write }) => write?.data["exercise_moves"]);
    expect(places).toEqual(Array.from({ length: 3 }, () => [{ id: 1 }, { id: 2 }]));
  });

  it("are unchanged where the row says the same", () => {
    const head =
      "id,name,exercise_moves_name,exercise_moves_sets,exercise_moves_reps,exercise_moves_rest";
    expect(verdicts([sheet(`${head}\n1,Push,Squat; Lunge,3; ,8-12; ,90; \n`)])).toEqual([
      "unchanged",
    ]);
    expect(verdicts([sheet("id,name,moves\n1,Push,Squat; Lunge\n")])).toEqual(["unchanged"]);
    expect(movesOf("id,name,moves\n1,Push,Lunge; Squat\n")).toEqual([[{ id: 2 }, { id: 1 }]]);
  });

  it("keep what the row does not say of them", () => {
    expect(movesOf("id,name,moves,rest\n1,Push,Lunge; Squat,60; 1:30\n")).toEqual([
      [
        { id: 2, sets: null, reps: "", rest: 60, notes: "" },
        { id: 1, sets: 3, reps: "8-12", rest: 90, notes: "" },
      ],
    ]);
    expect(movesOf("id,name,sets\n1,Push,5\n")).toEqual([
      [
        { id: 1, sets: 5, reps: "8-12", rest: 90, notes: "" },
        { id: 2, sets: 5, reps: "", rest: null, notes: "" },
      ],
    ]);
  });

  it("are wrong by the cell", () => {
    expect(movesOf("id,name,moves,sets\n1,Push,Squat; Lunge,3; 4; 5\n")).toEqual([
      { exercise_moves_sets: "There are 3 for 2 moves." },
    ]);
    expect(movesOf("id,name,moves,sets\n1,Push,Squat; Lunge,3; many\n")).toEqual([
      { exercise_moves_sets: "Must be a whole number." },
    ]);
    expect(movesOf("id,name,moves\n1,Push,\n")).toEqual([
      { exercise_moves_name: "Please choose at least one." },
    ]);
    expect(reviewed([sheet("id,name,moves\n1,Push,Squat; Jump; Hop\n")]).missing).toMatchObject([
      { channel: "exercise_moves", name: "Jump", count: 1 },
      { channel: "exercise_moves", name: "Hop", count: 1 },
    ]);
  });

  it("are wrong where a program made dates of repetitions", () => {
    for (const date of ["8-Dec", "08. Dez", "12. Aug", "Dec-08", "2026-12-08", "8/12/2026"]) {
      const [errors] = movesOf(`id,name,moves,reps\n1,Push,Squat,${date}\n`);
      expect(errors).toHaveProperty("exercise_moves_reps", expect.stringContaining("date"));
    }
    for (const reps of ["8-12", "30 s", "AMRAP", "5 each"]) {
      expect(movesOf(`id,name,moves,reps\n1,Push,Squat,${reps}\n`)).toEqual([
        [{ id: 1, sets: 3, reps, rest: 90, notes: "" }],
      ]);
    }
  });
});
