import { Checkbox } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useState } from "react";
import type { Schedule } from "../../protocol";
import { days } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { countOf, sayClass } from "../coaches/hand-over";
import { ChosenClasses } from "./chosen-classes";
import { DayTicks } from "./day-ticks";
import { overlapsOf } from "./making";
import { copiesOf, copyEdits, sayCopied, twiceOf } from "./many";
import { Lines, ManyForm } from "./many-drawer";
import { useMany } from "./use-many";
import { dialogTexts } from "./dialog-texts";

interface Props {
  classes: readonly Schedule[];
  onDone: () => void;
  onCancel?: () => void;
}

/** Copies classes to other days. What would be there twice is told, and left out unless it is meant. */
export function CopyMany({ classes, onDone, onCancel }: Props) {
  const all = useChannel("schedules") ?? [];
  const [to, setTo] = useState<readonly Day[]>([]);
  const [leaveOut, setLeaveOut] = useState(true);
  const write = useMany();
  const copies = copiesOf(classes, to);
  const twice = twiceOf(copies, all);
  const left = leaveOut ? twice : [];
  const made = copies.filter((copy) => !left.includes(copy));
  const own = new Set(classes.map(({ day }) => day));

  return (
    <ManyForm
      submit={made.length > 0 ? dialogTexts.copySome(countOf(made)) : dialogTexts.copy}
      count={made.length}
      missing={to.length === 0 ? dialogTexts.chooseDay : dialogTexts.allThere}
      overlaps={overlapsOf(made, all)}
      onSubmit={() => {
        write(copyEdits(made), sayCopied(made, left));
        onDone();
      }}
      onCancel={onCancel}
    >
      {/* Without a way back it is part of a page that names them. */}
      {onCancel && <ChosenClasses classes={classes} />}
      <DayTicks
        legend={dialogTexts.to}
        // Of one day alone nothing is copied to itself.
        without={own.size === 1 ? days.filter((day) => own.has(day)) : []}
        chosen={to}
        onChange={setTo}
      />
      <Lines
        title={dialogTexts.thereAlready}
        lines={twice.map((copy) => `${sayClass(copy)}, ${copy.coach.name}`)}
        after={
          <Checkbox
            label={dialogTexts.leaveTwiceOut}
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.currentTarget.checked)}
          />
        }
      />
    </ManyForm>
  );
}
