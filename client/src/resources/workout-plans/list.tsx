import { useChannel } from "@spotter/realtime";
import { useCallback } from "react";
import { Link } from "wouter";
import type { WorkoutPlan } from "../../protocol";
import card from "../../ui/list/card.module.css";
import { FilterSelect } from "../../ui/list/filter-select";
import { ListPage } from "../../ui/list/list-page";
import { RecordList } from "../../ui/list/record-list";
import { useQuery } from "../../ui/list/use-query";
import { Difficulty, level } from "./difficulty";

const byName = (a: WorkoutPlan, b: WorkoutPlan) => a.name.localeCompare(b.name);
const hardness = (plan: WorkoutPlan) => level(plan.difficulty) ?? 0;
const sorts = {
  name: { label: "By name", compare: byName },
  difficulty: {
    label: "Easiest first",
    compare: (a: WorkoutPlan, b: WorkoutPlan) => hardness(a) - hardness(b) || byName(a, b),
  },
  moves: {
    label: "Most moves first",
    compare: (a: WorkoutPlan, b: WorkoutPlan) =>
      b.exercise_moves.length - a.exercise_moves.length || byName(a, b),
  },
  newest: { label: "Newest first", compare: (a: WorkoutPlan, b: WorkoutPlan) => b.id - a.id },
};
const searchText = (plan: WorkoutPlan) =>
  `${plan.name} ${plan.difficulty} ${plan.description} ${plan.exercise_moves.map((move) => move.name).join(" ")}`;

export default function PlansPage() {
  const [difficulty, setDifficulty] = useQuery("difficulty");
  const difficulties = new Set(useChannel("workout_plans")?.map((plan) => plan.difficulty));
  const keep = useCallback(
    (plan: WorkoutPlan) => difficulty === "" || plan.difficulty === difficulty,
    [difficulty],
  );
  return (
    <ListPage channel="workout_plans" title="Workout plans" add="New plan">
      <RecordList
        channel="workout_plans"
        sorts={sorts}
        searchText={searchText}
        keep={keep}
        filters={
          <FilterSelect
            label="Difficulty"
            all="All levels"
            options={[...difficulties].toSorted()}
            value={difficulty}
            onChange={setDifficulty}
          />
        }
        hint="Put moves together into a plan: every class follows one."
        item={(plan) => <PlanCard plan={plan} />}
      />
    </ListPage>
  );
}

function PlanCard({ plan }: { plan: WorkoutPlan }) {
  const foci = [...new Set(plan.exercise_moves.map((move) => move.focus))];
  return (
    <article className={card["card"]}>
      <Link href={`/plans/${plan.id}`} className={card["title"]}>
        {plan.name}
      </Link>
      <Difficulty value={plan.difficulty} />
      <p className={card["clamp"]}>{plan.description}</p>
      <p className={`${card["meta"]} ${card["foot"]}`}>
        <span>
          {plan.exercise_moves.length} {plan.exercise_moves.length === 1 ? "move" : "moves"}
        </span>
        <span>{foci.slice(0, 3).join(", ")}</span>
      </p>
    </article>
  );
}
