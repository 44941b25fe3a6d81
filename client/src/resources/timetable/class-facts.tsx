import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";
import { sayDay } from "../../ui/base/dates";
import type { Schedule } from "../../protocol";
import { clock } from "../../ui/base/time";
import { Difficulty } from "../workout-plans/difficulty";
import { endOf } from "./overlaps";

/** A class in words, for those who look at it. */
export function ClassFacts({ slot }: { slot: Schedule }) {
  return (
    <>
      <p>
        {dialogTexts.facts(
          sayDay(slot.day),
          clock(slot.hour),
          endOf(slot),
          slot.coach.name,
          slot.room,
        )}
      </p>
      <p>
        <Difficulty value={slot.workout_plan.difficulty} />
        {typeof slot.capacity === "number" && ` · ${texts.places(slot.capacity)}`}
      </p>
    </>
  );
}
