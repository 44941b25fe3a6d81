import { sayDay, daysOfWeek } from "../../ui/base/dates";
import { Select } from "@mantine/core";
import { TimeInput } from "../../ui/form/time-input";
import { useChannel } from "@spotter/realtime/react";
import { useState } from "react";
import type { Schedule } from "../../protocol";
import { clock, days } from "../../ui/base/time";
import { countOf } from "../coaches/hand-over";
import { ChosenClasses } from "./chosen-classes";
import { rules, toData } from "./fields";
import { overlapsOf } from "./making";
import { allMoved, later, moveEdits, sayMoved } from "./many";
import type { Move } from "./many";
import { ManyForm } from "./many-drawer";
import styles from "./move-many.module.css";
import { useMany } from "./use-many";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";

const ONE_TIME = "at";
const dayChoices = () => [
  { value: "0", label: dialogTexts.sameDay },
  ...[-1, 1].map((count) => ({ value: String(count), label: later(count, "day") })),
  ...daysOfWeek().map((day) => ({ value: day, label: sayDay(day) })),
];
const timeChoices = () => [
  { value: "0", label: dialogTexts.sameHour },
  ...[-120, -60, -30, -15, 15, 30, 60, 120].map((count) => ({
    value: String(count),
    label: later(count, "minute"),
  })),
  { value: ONE_TIME, label: dialogTexts.allAtOne },
];
/** So many classes are shown as they would be. */
const SHOWN = 6;

interface Props {
  classes: readonly Schedule[];
  onDone: () => void;
  onCancel: () => void;
}

/** Moves classes to a day or a time, or by days and minutes. */
export function MoveMany({ classes, onDone, onCancel }: Props) {
  const all = useChannel("schedules") ?? [];
  const [day, setDay] = useState("0");
  const [time, setTime] = useState("0");
  const [hour, setHour] = useState("");
  const write = useMany();
  const wrong = time === ONE_TIME && rules.hour(hour) !== null;
  const move: Move = {
    day: days.find((each) => each === day) ?? Number(day),
    time: time === ONE_TIME ? String(toData("hour", hour)) : Number(time),
  };
  const after = wrong ? [] : allMoved(classes, move);
  const ids = new Set(after.map(({ id }) => id));
  const others = all.filter(({ id }) => !ids.has(id));

  return (
    <ManyForm
      submit={after.length > 0 ? dialogTexts.moveSome(countOf(after)) : dialogTexts.moveVerb}
      count={after.length}
      missing={wrong ? (rules.hour(hour) ?? "") : dialogTexts.chooseMove}
      overlaps={overlapsOf(after, others)}
      onSubmit={() => {
        write(moveEdits(after), sayMoved(after, move));
        onDone();
      }}
      onCancel={onCancel}
    >
      {after.length === 0 && <ChosenClasses classes={classes} />}
      <Select
        label={texts.day}
        allowDeselect={false}
        data={dayChoices()}
        value={day}
        onChange={(value) => setDay(value ?? "0")}
      />
      <Select
        label={dialogTexts.timeLabel}
        allowDeselect={false}
        data={timeChoices()}
        value={time}
        onChange={(value) => setTime(value ?? "0")}
      />
      {time === ONE_TIME && (
        <TimeInput label={dialogTexts.at} withAsterisk value={hour} onChange={setHour} />
      )}
      {after.length > 0 && (
        <ul className={styles["after"]} aria-label={dialogTexts.afterMove}>
          {after.slice(0, SHOWN).map((slot) => {
            const before = classes.find(({ id }) => id === slot.id) ?? slot;
            return (
              <li key={slot.id}>
                <strong>{slot.workout_plan.name}</strong> {sayWhen(before)} → {sayWhen(slot)}
              </li>
            );
          })}
          {after.length > SHOWN && <li>{dialogTexts.andMore(after.length - SHOWN)}</li>}
        </ul>
      )}
    </ManyForm>
  );
}

function sayWhen({ day, hour }: Schedule): string {
  return `${sayDay(day, "short")} ${clock(hour)}`;
}
