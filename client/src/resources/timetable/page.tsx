import type { Schedule } from "../../realtime";
import card from "../../ui/card.module.css";
import { Page } from "../../ui/page";
import { RecordList } from "../../ui/record-list";
import { clock, days, minutesOf } from "../../ui/time";

const at = (slot: Schedule) =>
  days.findIndex((day) => day === slot.day) * 1440 + minutesOf(slot.hour);
const sorts = { time: { label: "By time", compare: (a: Schedule, b: Schedule) => at(a) - at(b) } };
const searchText = (slot: Schedule) => `${slot.day} ${slot.coach.name} ${slot.workout_plan.name}`;

export default function TimetablePage() {
  return (
    <Page title="Timetable">
      <RecordList
        channel="schedules"
        sorts={sorts}
        searchText={searchText}
        hint="Add the first one."
        item={(slot) => (
          <article className={card["card"]}>
            <span className={card["title"]}>{slot.workout_plan.name}</span>
            <p className={card["meta"]}>
              {slot.day} {clock(slot.hour)}, {slot.coach.name}
            </p>
          </article>
        )}
      />
    </Page>
  );
}
