import { useChannel, useRecord } from "@spotter/realtime/react";
import { Link, useParams } from "wouter";
import { MissingRecord } from "../../ui/record/missing-record";
import { RecordPage } from "../../ui/record/record-page";
import styles from "./moves.module.css";
import { VideoPlayer } from "./video-player";
import { texts } from "./texts";

export default function MovePage() {
  const id = Number(useParams()["id"]);
  const move = useRecord("exercise_moves", id)?.record;
  const plans = useChannel("workout_plans") ?? [];
  if (!move) return <MissingRecord channel="exercise_moves" id={id} />;
  const using = plans.filter((plan) => plan.exercise_moves.some((each) => each.id === id));
  return (
    <RecordPage channel="exercise_moves" record={move}>
      <div>
        <p>
          <Link href={`/moves?focus=${encodeURIComponent(move.focus)}`} className={styles["focus"]}>
            {move.focus}
          </Link>
        </p>
        <br />
        <p className={styles["text"]}>{move.description}</p>
      </div>
      <VideoPlayer key={move.video_link} link={move.video_link} name={move.name} />
      <section aria-labelledby="plans">
        <h2 id="plans">{texts.inPlans(using.length)}</h2>
        <ul className={styles["links"]}>
          {using.map((plan) => (
            <li key={plan.id}>
              <Link href={`/plans/${plan.id}`}>{plan.name}</Link>
            </li>
          ))}
        </ul>
      </section>
    </RecordPage>
  );
}
