import { Alert, Select, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime";
import { useCallback } from "react";
import { useSearchParams } from "wouter";
import type { Schedule } from "../../protocol";
import { WarningIcon } from "../../ui/base/icons";
import { choices, ofCoach, ofPlan } from "../../ui/base/select-options";
import { days } from "../../ui/base/time";
import { RecordForm } from "../../ui/form/record-form";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
import { describe, labels, rules, toData, toValues } from "./fields";
import { alsoThere } from "./use-move";
import { clashesWith } from "./week";

interface Props {
  id: number | null;
  onClose: () => void;
}

export function ClassForm({ id, onClose }: Props) {
  const classes = useChannel("schedules") ?? [];
  const coaches = useChannel("coaches") ?? [];
  const plans = useChannel("workout_plans") ?? [];
  const [params] = useSearchParams();
  const wanted = params.get("day") ?? "";
  const hour = params.get("hour") ?? "900";
  const startValues = useCallback(
    (slot: Schedule | null) =>
      toValues(slot ?? { day: days.find((each) => each === wanted), hour }),
    [wanted, hour],
  );
  const record = useRecordForm({
    channel: "schedules",
    id,
    rules,
    toValues: startValues,
    toData,
    onSaved: (_saved, queued) => {
      savedNotice("Class", queued);
      onClose();
    },
  });
  const { form } = record;
  const { coach, workout_plan: plan, day } = form.values;
  const time = toData("hour", form.values["hour"]) as string;
  const clashes = coach
    ? clashesWith(classes, {
        id: id ?? 0,
        day: day as Schedule["day"],
        hour: time,
        coach: coach as Schedule["coach"],
      })
    : [];
  const { value: _, onChange: __, ...planProps } = form.getInputProps("workout_plan");
  const { value: ___, onChange: ____, ...coachProps } = form.getInputProps("coach");

  return (
    <RecordForm
      form={record}
      labels={labels}
      describe={describe}
      saveLabel={id === null ? "Add class" : "Save"}
      onCancel={onClose}
    >
      <Select
        label={labels.workout_plan}
        withAsterisk
        searchable
        openOnFocus={false}
        nothingFoundMessage="No plan of that name"
        data={choices(plans, ofPlan)}
        {...planProps}
        value={idOf(plan)}
        onChange={(value) => {
          const found = plans.find((each) => String(each.id) === value);
          form.setFieldValue(
            "workout_plan",
            found ? { id: found.id, name: found.name, difficulty: found.difficulty } : null,
          );
        }}
      />
      <Select
        label={labels.coach}
        withAsterisk
        searchable
        nothingFoundMessage="No coach of that name"
        data={choices(coaches, ofCoach)}
        {...coachProps}
        value={idOf(coach)}
        onChange={(value) => {
          const found = coaches.find((each) => String(each.id) === value);
          form.setFieldValue("coach", found ? { id: found.id, name: found.name } : null);
        }}
      />
      <Select
        label={labels.day}
        withAsterisk
        allowDeselect={false}
        data={[...days]}
        {...form.getInputProps("day")}
      />
      <TextInput label={labels.hour} withAsterisk type="time" {...form.getInputProps("hour")} />
      {clashes.length > 0 && (
        <Alert icon={<WarningIcon />} title="Two places at once">
          {clashes.map(alsoThere).join(" ")} You can save it all the same.
        </Alert>
      )}
    </RecordForm>
  );
}

function idOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String((value as { id: number }).id);
}
