import { useChannel } from "@spotter/realtime/react";
import { useCallback } from "react";
import { Link } from "wouter";
import type { WorkoutPlan } from "../../protocol";
import { levelChoices, sayLevel } from "../../ui/base/levels";
import card from "../../ui/list/card.module.css";
import { FilterSelect } from "../../ui/list/filter-select";
import { ListPage } from "../../ui/list/list-page";
import { RecordList } from "../../ui/list/record-list";
import { useQuery } from "../../ui/list/use-query";
import { Difficulty, level } from "./difficulty";
import { texts } from "./texts";

const byName = (a: WorkoutPlan, b: WorkoutPlan) => a.name.localeCompare(b.name);
const hardness = (plan: WorkoutPlan) => level(plan.difficulty) ?? 0;
const sorts = {
  name: { label: () => texts.byName, compare: byName },
  difficulty: {
    label: () => texts.easiestFirst,
    compare: (a: WorkoutPlan, b: WorkoutPlan) => hardness(a) - hardness(b) || byName(a, b),
  },
  moves: {
    label: () => texts.mostMovesFirst,
    compare: (a: WorkoutPlan, b: WorkoutPlan) =>
      b.exercise_moves.length - a.exercise_moves.length || byName(a, b),
  },
  newest: {
    label: () => texts.newestFirst,
    compare: (a: WorkoutPlan, b: WorkoutPlan) => b.id - a.id,
  },
};
const searchText = (plan: WorkoutPlan) =>
  `${plan.name} ${plan.difficulty} ${sayLevel(plan.difficulty)} ${plan.description} ${plan.exercise_moves.map((move) => move.name).join(" ")}`;

export default function PlansPage() {
  const [difficulty, setDifficulty] = useQuery("difficulty");
  const difficulties = new Set(useChannel("workout_plans")?.map((plan) => plan.difficulty));
  const keep = useCallback(
    (plan: WorkoutPlan) => difficulty === "" || plan.difficulty === difficulty,
    [difficulty],
  );
  return (
    <ListPage channel="workout_plans" title={texts.plans} add={texts.newPlan}>
      <RecordList
        channel="workout_plans"
        sorts={sorts}
        searchText={searchText}
        keep={keep}
        filters={
          <FilterSelect
            label={texts.difficulty}
            all={texts.allLevels}
            options={levelChoices([...difficulties].toSorted())}
            value={difficulty}
            onChange={setDifficulty}
          />
        }
        hint={texts.hint}
        item={(plan) => <PlanCard plan={plan} />}
      />
    </ListPage>
  );
}

/** How many focus areas a card names. */
const FOCI = 3;

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
        <span>{texts.moves(plan.exercise_moves.length)}</span>
        <span>{named(foci)}</span>
      </p>
    </article>
  );
}

/** "Legs, Chest, Back and 1 more" */
function named(foci: readonly string[]): string {
  const names = foci.slice(0, FOCI).join(", ");
  return foci.length > FOCI ? texts.andMore(names, foci.length - FOCI) : names;
}
