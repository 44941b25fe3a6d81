import { Link } from "wouter";
import type { WorkoutPlan } from "../../realtime";
import card from "../../ui/card.module.css";
import { Page } from "../../ui/page";
import { RecordList } from "../../ui/record-list";

const sorts = {
  name: {
    label: "By name",
    compare: (a: WorkoutPlan, b: WorkoutPlan) => a.name.localeCompare(b.name),
  },
};
const searchText = (plan: WorkoutPlan) => `${plan.name} ${plan.difficulty} ${plan.description}`;

export default function PlansPage() {
  return (
    <Page title="Workout plans">
      <RecordList
        channel="workout_plans"
        sorts={sorts}
        searchText={searchText}
        hint="Add the first one."
        item={(plan) => (
          <article className={card["card"]}>
            <Link href={`/plans/${plan.id}`} className={card["title"]}>
              {plan.name}
            </Link>
            <p className={card["meta"]}>{plan.difficulty}</p>
          </article>
        )}
      />
    </Page>
  );
}
