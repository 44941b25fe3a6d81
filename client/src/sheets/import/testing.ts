/** A small gym, and sheets, for tests. */
import type { Coach, ExerciseMove, Schedule, WorkoutPlan } from "../../protocol";
import { guess } from "./columns";
import { isTitle } from "./fields";
import type { Gym } from "./gym";
import { review } from "./review";
import type { Circumstances } from "./review";
import type { Sheet } from "./sheet";
import { read } from "./table";

export const maya: Coach = { id: 1, name: "Maya", age: 30, picture: "", username: "maya" };
const ben: Coach = { id: 2, name: "Ben", age: 40, picture: "", username: "" };
const twin: Coach = { id: 3, name: "Ben", age: 50, picture: "", username: "" };
export const squat: ExerciseMove = {
  id: 1,
  name: "Squat",
  focus: "Legs",
  description: "Down, and up again.",
  video_link: "",
};
const lunge = { ...squat, id: 2, name: "Lunge" };
export const push: WorkoutPlan = {
  id: 1,
  name: "Push",
  difficulty: "Hard",
  description: "All that is pushed.",
  exercise_moves: [
    { ...squat, sets: 3, reps: "8-12", rest: 90, notes: "" },
    { ...lunge, sets: null, reps: "", rest: null, notes: "" },
  ],
};
export const monday: Schedule = {
  id: 1,
  day: "Monday",
  hour: "900",
  coach: { id: 1, name: "Maya" },
  workout_plan: { id: 1, name: "Push", difficulty: "Hard" },
  minutes: 60,
  room: "",
  capacity: null,
};

const entries = <R extends { id: number }>(...records: R[]) =>
  new Map(records.map((record) => [record.id, { record, rev: 7 }]));

export const gym: Gym = {
  coaches: entries(maya, ben, twin),
  exercise_moves: entries(squat, lunge),
  workout_plans: entries(push),
  schedules: entries(monday),
};

export const emptyGym: Gym = {
  coaches: new Map(),
  exercise_moves: new Map(),
  workout_plans: new Map(),
  schedules: new Map(),
};

const nobody = { isCoach: () => false, isPlan: () => false };

export function sheet(text: string, more: Partial<Sheet> = {}): Sheet {
  const table = read(text, isTitle);
  return {
    key: "s",
    name: "a.csv",
    source: null,
    table,
    columns: guess(table.lines, "coaches", nobody),
    edits: new Map(),
    out: new Set(),
    accepted: new Set(),
    ...more,
  };
}

export function reviewed(sheets: readonly Sheet[], more: Partial<Circumstances> = {}) {
  const found = review(sheets, {
    gym,
    written: new Map(),
    replaced: new Map(),
    ignoresIds: false,
    languages: [],
    ...more,
  });
  const drafts = sheets.flatMap(({ key }) => found.drafts.get(key) ?? []);
  return { ...found, all: drafts };
}
