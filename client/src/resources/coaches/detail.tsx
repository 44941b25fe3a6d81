import { useRecord } from "@spotter/realtime";
import { useCallback } from "react";
import { useParams } from "wouter";
import type { Schedule } from "../../protocol";
import { Avatar } from "../../ui/base/avatar";
import { MissingRecord } from "../../ui/record/missing-record";
import { RecordPage } from "../../ui/record/record-page";
import { ClassList } from "../timetable/class-list";
import styles from "./coaches.module.css";

export default function CoachPage() {
  const id = Number(useParams()["id"]);
  const coach = useRecord("coaches", id)?.record;
  const isTheirs = useCallback((slot: Schedule) => slot.coach.id === id, [id]);
  if (!coach) return <MissingRecord channel="coaches" id={id} />;
  return (
    <RecordPage channel="coaches" record={coach}>
      <div className={styles["profile"]}>
        <Avatar name={coach.name} picture={coach.picture} size={120} />
        <dl className={styles["facts"]}>
          <div>
            <dt>Age</dt>
            <dd>{coach.age}</dd>
          </div>
          <div>
            <dt>Username</dt>
            <dd>{coach.username ? `@${coach.username}` : "No account"}</dd>
          </div>
        </dl>
      </div>
      <ClassList
        keep={isTheirs}
        label={(slot) => slot.workout_plan.name}
        none="None this week. Open the timetable to give this coach a class."
      />
    </RecordPage>
  );
}
