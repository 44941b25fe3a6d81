import type { WorkoutPlan } from "../../protocol";
import { text } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";
import { firstWrong, tidied } from "./planned-moves";
import type { Row } from "./planned-moves";
import { texts } from "./texts";

export const rules = {
  name: text(2, 40),
  difficulty: text(2, 20, { suggested: true }),
  description: text(10, 300, { lines: true }),
  exercise_moves: (value: unknown) => {
    const rows = value as Row[];
    if (rows.length === 0) return texts.atLeastOne;
    return rows.length > 100 ? texts.atMost : firstWrong(rows);
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
  return field === "exercise_moves" ? (value as Row[]).map(tidied) : String(value).trim();
}
