import { useRecord } from "@spotter/realtime/react";
import { useCallback } from "react";
import type { CSSProperties } from "react";
import { useParams } from "wouter";
import type { Schedule } from "../../protocol";
import { MissingRecord } from "../../ui/record/missing-record";
import { RecordPage } from "../../ui/record/record-page";
import { ClassList } from "../timetable/class-list";
import { Difficulty } from "./difficulty";
import styles from "./detail.module.css";
import { paperZoom } from "./paper";
import { PlanMenu } from "./plan-menu";
import { PrescriptionTable } from "./prescription-table";
import { texts } from "./texts";

export default function PlanPage() {
  const id = Number(useParams()["id"]);
  const plan = useRecord("workout_plans", id)?.record;
  const follows = useCallback((slot: Schedule) => slot.workout_plan.id === id, [id]);
  if (!plan) return <MissingRecord channel="workout_plans" id={id} />;
  return (
    <RecordPage channel="workout_plans" record={plan} actions={<PlanMenu plan={plan} />}>
      <div className={styles["intro"]}>
        <Difficulty value={plan.difficulty} />
        <p>{plan.description}</p>
      </div>
      <section
        aria-labelledby="moves"
        className={styles["moves"]}
        style={{ "--paper-zoom": paperZoom(plan.exercise_moves) } as CSSProperties}
      >
        <h2 id="moves">{texts.moves(plan.exercise_moves.length)}</h2>
        <PrescriptionTable moves={plan.exercise_moves} />
      </section>
      <div className={styles["screen"]}>
        <ClassList keep={follows} label={(slot) => slot.coach.name} none={texts.noClass} />
      </div>
    </RecordPage>
  );
}
