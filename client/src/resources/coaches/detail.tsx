import { useRecord, useSession } from "@spotter/realtime/react";
import { useCallback } from "react";
import { Link, useParams } from "wouter";
import { CalendarButton } from "../../calendar/calendar-button";
import type { Coach, Schedule } from "../../protocol";
import { Avatar } from "../../ui/base/avatar";
import { MissingRecord } from "../../ui/record/missing-record";
import { RecordPage } from "../../ui/record/record-page";
import { ClassList } from "../timetable/class-list";
import styles from "./coaches.module.css";
import { GiveClasses } from "./give-classes";
import { texts } from "./texts";

export default function CoachPage() {
  const id = Number(useParams()["id"]);
  const coach = useRecord("coaches", id)?.record;
  const isTheirs = useCallback((slot: Schedule) => slot.coach.id === id, [id]);
  if (!coach) return <MissingRecord channel="coaches" id={id} />;
  return (
    <RecordPage
      channel="coaches"
      record={coach}
      actions={
        <>
          <CalendarButton coach={coach} />
          <GiveClasses coach={coach} />
        </>
      }
    >
      <div className={styles["profile"]}>
        <Avatar name={coach.name} picture={coach.picture} size={120} />
        <dl className={styles["facts"]}>
          <div>
            <dt>{texts.labels.age}</dt>
            <dd>{coach.age}</dd>
          </div>
          <div>
            <dt>{texts.labels.username}</dt>
            <dd>
              <Username coach={coach} />
            </dd>
          </div>
        </dl>
      </div>
      <ClassList
        keep={isTheirs}
        label={(slot) => slot.workout_plan.name}
        none={texts.noneThisWeek}
      />
    </RecordPage>
  );
}

/** What the coach signs in with; for admins the way to that account. */
function Username({ coach: { username } }: { coach: Coach }) {
  const isAdmin = useSession()?.user?.role === "admin";
  if (!username) return texts.noAccount;
  if (!isAdmin) return `@${username}`;
  return <Link href={`/accounts?of=${encodeURIComponent(username)}`}>@{username}</Link>;
}
