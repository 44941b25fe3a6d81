import { Checkbox } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useState } from "react";
import type { Coach } from "../../protocol";
import { sayTime } from "../../ui/shell/labels";
import { byTime } from "../timetable/week";
import { Candidates } from "./candidates";
import list from "./candidates.module.css";
import { candidates, sayAtOnce, sayBusy } from "./hand-over";
import type { Candidate } from "./hand-over";
import { HandOverForm } from "./hand-over-form";
import { useHandOver } from "./use-hand-over";
import { texts } from "./texts";

/** Gives a coach's classes to another for good: which ones, and to whom; who is free at their times comes first. */
export function PermanentForm({ coach, onClose }: { coach: Coach; onClose: () => void }) {
  const classes = useChannel("schedules") ?? [];
  const coaches = useChannel("coaches") ?? [];
  const [kept, setKept] = useState<ReadonlySet<number>>(new Set());
  const [to, setTo] = useState<number | null>(null);
  const handOver = useHandOver();
  const theirs = classes.filter((slot) => slot.coach.id === coach.id).toSorted(byTime);
  const given = theirs.filter(({ id }) => !kept.has(id));
  const found = candidates(
    coaches,
    coach.id,
    given.map((slot) => ({ slot, among: classes })),
  );
  const chosen = found.find((each) => each.coach.id === to);

  const toggle = (id: number, give: boolean) =>
    setKept((known) => new Set(give ? [...known].filter((each) => each !== id) : [...known, id]));
  const give = () => {
    if (chosen === undefined || given.length === 0) return;
    const { id, name } = chosen.coach;
    const edits = given.map((slot) => ({
      channel: "schedules" as const,
      kind: "update" as const,
      id: slot.id,
      data: { coach: { id, name } },
    }));
    void handOver({ from: coach, edits, text: said(chosen, given, coach) });
    onClose();
  };

  return (
    <HandOverForm
      label={chosen ? texts.giveTo(given.length, chosen.coach.name) : texts.give}
      why={chosen === undefined ? texts.chooseCoach : given.length === 0 ? texts.chooseClass : null}
      onGive={give}
      onCancel={onClose}
    >
      <Candidates
        legend={texts.toWhom}
        found={found}
        chosen={to}
        onChoose={setTo}
        atOnce={sayAtOnce(given)}
        scrolls
      />
      <fieldset className={list["group"]}>
        <legend>{texts.whichClasses}</legend>
        {theirs.length === 0 && <p className="dim">{texts.hasNoClass(coach.name)}</p>}
        {theirs.map((slot) => (
          <Checkbox
            key={slot.id}
            label={`${sayTime(slot.day, slot.hour)} ${slot.workout_plan.name}`}
            checked={!kept.has(slot.id)}
            onChange={(event) => toggle(slot.id, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
    </HandOverForm>
  );
}

/** What is said when it is done, and what the new coach then has twice. */
function said(to: Candidate, given: readonly unknown[], from: Coach): string {
  const { name } = to.coach;
  const busy = sayBusy(to);
  const text = texts.takesFrom(texts.takes(name, given.length), from.name);
  return busy === "" ? text : `${text} ${texts.also(name, busy)}`;
}
