import { useRecord } from "@spotter/realtime";
import { useCallback } from "react";
import { Link, useParams } from "wouter";
import type { Schedule } from "../../protocol";
import { MissingRecord } from "../../ui/record/missing-record";
import { RecordPage } from "../../ui/record/record-page";
import { ClassList } from "../timetable/class-list";
import { Difficulty } from "./difficulty";
import styles from "./plans.module.css";

export default function PlanPage() {
  const id = Number(useParams()["id"]);
  const plan = useRecord("workout_plans", id)?.record;
  const follows = useCallback((slot: Schedule) => slot.workout_plan.id === id, [id]);
  if (!plan) return <MissingRecord channel="workout_plans" id={id} />;
  return (
    <RecordPage channel="workout_plans" record={plan}>
      <div className={styles["intro"]}>
        <Difficulty value={plan.difficulty} />
        <p>{plan.description}</p>
      </div>
      <section aria-labelledby="moves">
        <h2 id="moves">
          {plan.exercise_moves.length} {plan.exercise_moves.length === 1 ? "move" : "moves"}
        </h2>
        <ol className={styles["moves"]}>
          {plan.exercise_moves.map((move, at) => (
            // A plan may have the same move twice, so its place is part of its name.
            // oxlint-disable-next-line no-array-index-key
            <li key={`${move.id}-${at}`}>
              <h3>
                <Link href={`/moves/${move.id}`}>{move.name}</Link>
              </h3>
              <span className={styles["focus"]}>{move.focus}</span>
              <p>{move.description}</p>
            </li>
          ))}
        </ol>
      </section>
      <ClassList
        keep={follows}
        label={(slot) => slot.coach.name}
        none="No class follows this plan yet. Open the timetable to add one."
      />
    </RecordPage>
  );
}
