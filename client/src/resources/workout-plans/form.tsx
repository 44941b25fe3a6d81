import { Autocomplete, Textarea, TextInput } from "@mantine/core";
import { useLocation } from "wouter";
import { useChannel } from "@spotter/realtime";
import type { ExerciseMove } from "../../protocol";
import { FormPage } from "../../ui/form/form-page";
import { Length } from "../../ui/form/length";
import { RecordForm } from "../../ui/form/record-form";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
import { said } from "../../ui/said";
import { Builder } from "./builder";
import { labels, rules, toData, toValues } from "./fields";

const usual = ["Beginner", "Intermediate", "Advanced"];

export default function PlanFormPage() {
  return <FormPage channel="workout_plans">{(id) => <PlanForm id={id} />}</FormPage>;
}

function PlanForm({ id }: { id: number | null }) {
  const [, navigate] = useLocation();
  const back = id === null ? "/plans" : `/plans/${id}`;
  const difficulties = useChannel("workout_plans")?.map((plan) => plan.difficulty) ?? [];
  const record = useRecordForm({
    channel: "workout_plans",
    id,
    rules,
    toValues,
    toData,
    onSaved: (saved, queued) => {
      savedNotice("Plan", queued);
      navigate(saved ? `/plans/${saved.id}` : back);
    },
  });
  const { form } = record;
  return (
    <RecordForm
      form={record}
      labels={labels}
      describe={(field, value) => said(field, value) || "(empty)"}
      saveLabel={id === null ? "Add plan" : "Save"}
      onCancel={() => navigate(back)}
      wide
    >
      <TextInput label={labels.name} withAsterisk {...form.getInputProps("name")} />
      <Autocomplete
        label={labels.difficulty}
        withAsterisk
        data={[...new Set([...usual, ...difficulties])]}
        {...form.getInputProps("difficulty")}
      />
      <Textarea
        label={labels.description}
        description="What the class is about, in 10 to 300 characters"
        withAsterisk
        autosize
        minRows={3}
        {...form.getInputProps("description")}
      />
      <Length of={form.values["description"]} most={300} />
      <Builder
        moves={form.values["exercise_moves"] as ExerciseMove[]}
        error={form.errors["exercise_moves"]}
        onChange={(moves) => form.setFieldValue("exercise_moves", moves)}
      />
    </RecordForm>
  );
}
