import { Autocomplete, TextInput } from "@mantine/core";
import { useChannel, useRealtime, useRecord } from "@spotter/realtime/react";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { days } from "../../ui/base/time";
import type { FormProps } from "../../ui/form/form-props";
import { InBar } from "../../ui/form/in-bar";
import { RecordForm } from "../../ui/form/record-form";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
import { offerUndo } from "../../ui/record/undo";
import { withTime } from "../../ui/shell/navigation";
import { CoachSelect } from "../coaches/select";
import { PlanSelect } from "../workout-plans/select";
import { describe, rules, toData, toValues } from "./fields";
import {
  eachClass,
  overlapsOf,
  rules as makingRules,
  sayFirst,
  sayMade,
  toMaking,
  wouldBe,
} from "./making";
import { lengths, roomsOf } from "./suggestions";
import { ManyTimes, OneTime } from "./when";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";
import { Lines } from "./many-drawer";

interface Props {
  id: number | null;
  onClose: () => void;
}

/** One class, or new ones, on several days and times at once: from the beginning, or like one that is there. */
export function ClassForm({ id, onClose }: Props) {
  const realtime = useRealtime();
  const classes = useChannel("schedules") ?? [];
  const { start, isCopy } = useStart();
  const onSaved: FormProps["onSaved"] = (_saved, waits, op) => {
    onClose();
    const [first, ...more] = made;
    const label = first?.workout_plan.name ?? texts.theClass;
    if (id !== null || op === null || waits !== null) {
      const named = first && more.length === 0 ? withTime(first, label) : dialogTexts.eachClass;
      return savedNotice(realtime, named, waits, op);
    }
    offerUndo(realtime, sayMade(made), [{ op, channel: "schedules", label }]);
  };
  const record = useRecordForm(
    id === null
      ? {
          channel: "schedules",
          id,
          rules: makingRules,
          toValues: (slot) => toMaking(slot ?? start),
          toData,
          toRecords: eachClass,
          onSaved,
          drafts: !isCopy,
        }
      : { channel: "schedules", id, rules, toValues, toData, onSaved },
  );
  const { form } = record;
  const { coach, workout_plan: plan } = form.values;
  const made = wouldBe(form.values, id);
  const overlaps = overlapsOf(made, classes);
  const [warning, setWarning] = useState<HTMLElement | null>(null);

  return (
    <RecordForm
      form={record}
      labels={dialogTexts.labels}
      describe={describe}
      saveLabel={
        id !== null
          ? dialogTexts.save
          : made.length > 1
            ? dialogTexts.addClasses(made.length)
            : dialogTexts.addClass
      }
      onCancel={onClose}
      inBar={<InBar of={warning}>{sayFirst(overlaps)}</InBar>}
    >
      <PlanSelect
        label={dialogTexts.labels.workout_plan}
        required
        {...form.getInputProps("workout_plan")}
        value={idOf(plan)}
        onChange={(found) =>
          form.setFieldValue(
            "workout_plan",
            found && { id: found.id, name: found.name, difficulty: found.difficulty },
          )
        }
      />
      <CoachSelect
        label={dialogTexts.labels.coach}
        required
        {...form.getInputProps("coach")}
        value={idOf(coach)}
        onChange={(found) =>
          form.setFieldValue("coach", found && { id: found.id, name: found.name })
        }
      />
      {id === null ? <ManyTimes form={form} /> : <OneTime form={form} />}
      <Autocomplete
        label={dialogTexts.labels.minutes}
        required
        inputMode="numeric"
        data={lengths}
        filter={({ options }) => options}
        rightSection="min"
        {...form.getInputProps("minutes")}
      />
      <Autocomplete
        label={dialogTexts.labels.room}
        data={roomsOf(classes)}
        {...form.getInputProps("room")}
      />
      <TextInput
        label={dialogTexts.labels.capacity}
        inputMode="numeric"
        description={dialogTexts.capacityHint}
        {...form.getInputProps("capacity")}
      />
      <Lines
        element={setWarning}
        title={dialogTexts.sameTime(overlaps.length)}
        lines={overlaps}
        after={id === null ? dialogTexts.addAnyway(made.length) : dialogTexts.saveAnyway}
      />
    </RecordForm>
  );
}

/** What a new class begins with: the class that is to be copied, on other days, or where the address says. */
function useStart() {
  const [params] = useSearchParams();
  const copied = useRecord("schedules", Number(params.get("copy")) || null)?.record;
  const wanted = params.get("day");
  if (copied) return { start: { ...copied, day: undefined }, isCopy: true };
  const start = {
    day: days.find((day) => day === wanted),
    hour: params.get("hour") ?? "900",
  };
  return { start, isCopy: false };
}

function idOf(value: unknown): number | null {
  return value === null || value === undefined ? null : (value as { id: number }).id;
}
