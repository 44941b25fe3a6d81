import type { ExerciseMove, WorkoutPlan } from "../../protocol";
import { text } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";

export const labels = {
  name: "Name",
  difficulty: "Difficulty",
  description: "Description",
  exercise_moves: "Moves",
};

export const rules = {
  name: text(2, 40),
  difficulty: text(2, 20),
  description: text(10, 300, { lines: true }),
  exercise_moves: (value: unknown) => {
    const { length } = value as ExerciseMove[];
    if (length === 0) return "Please choose at least one.";
    return length > 100 ? "Please choose at most 100." : null;
  },
};

export function toValues(plan: WorkoutPlan | null): Values {
  return {
    name: plan?.name ?? "",
    difficulty: plan?.difficulty ?? "",
    description: plan?.description ?? "",
    exercise_moves: plan?.exercise_moves ?? [],
  };
}

export function toData(field: string, value: unknown): unknown {
  return field === "exercise_moves" ? value : String(value).trim();
}
