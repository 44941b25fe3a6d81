import { useChannel } from "@spotter/realtime/react";
import { useState } from "react";
import type { Schedule } from "../../protocol";
import { Candidates } from "../coaches/candidates";
import { candidates, countOf, sayAtOnce } from "../coaches/hand-over";
import { ChosenClasses } from "./chosen-classes";
import { overlapsOf } from "./making";
import { ManyForm } from "./many-drawer";
import { useMany } from "./use-many";
import { dialogTexts } from "./dialog-texts";

interface Props {
  classes: readonly Schedule[];
  onDone: () => void;
  onCancel: () => void;
}

/** Gives classes, of one coach or several, to another: who is free at their times comes first. */
export function GiveMany({ classes, onDone, onCancel }: Props) {
  const all = useChannel("schedules") ?? [];
  const coaches = useChannel("coaches") ?? [];
  const [to, setTo] = useState<number | null>(null);
  const write = useMany();
  const [first, ...rest] = new Set(classes.map(({ coach }) => coach.id));
  const only = first !== undefined && rest.length === 0 ? first : 0;
  const found = candidates(
    coaches,
    only,
    classes.map((slot) => ({ slot, among: all })),
  );
  const coach = found.find((each) => each.coach.id === to)?.coach;
  const after = coach
    ? classes
        .filter((slot) => slot.coach.id !== coach.id)
        .map((slot) => ({ ...slot, coach: { id: coach.id, name: coach.name } }))
    : [];
  const ids = new Set(after.map(({ id }) => id));
  const others = all.filter(({ id }) => !ids.has(id));

  return (
    <ManyForm
      submit={
        coach && after.length > 0
          ? dialogTexts.giveTo(countOf(after), coach.name)
          : dialogTexts.give
      }
      count={after.length}
      missing={coach ? dialogTexts.givesThem(coach.name) : dialogTexts.chooseCoach}
      overlaps={overlapsOf(after, others, (overlap) => overlap.coach)}
      onSubmit={() => {
        const edits = after.map((slot) => ({
          channel: "schedules" as const,
          kind: "update" as const,
          id: slot.id,
          data: { coach: slot.coach },
        }));
        write(edits, dialogTexts.takes(coach?.name ?? "", countOf(after)));
        onDone();
      }}
      onCancel={onCancel}
    >
      <ChosenClasses classes={classes} />
      <Candidates
        legend={dialogTexts.toWhom}
        found={found}
        chosen={to}
        onChoose={setTo}
        atOnce={sayAtOnce(classes)}
      />
    </ManyForm>
  );
}
