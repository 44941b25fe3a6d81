import { Autocomplete, Textarea, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime";
import { useLocation } from "wouter";
import type { ExerciseMove } from "../../protocol";
import { formatValue } from "../../ui/base/format-value";
import { CharacterCount } from "../../ui/form/character-count";
import { FormPage } from "../../ui/form/form-page";
import { RecordForm } from "../../ui/form/record-form";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
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
      describe={(field, value) => formatValue(field, value) || "(empty)"}
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
      <CharacterCount of={form.values["description"]} most={300} />
      <Builder
        moves={form.values["exercise_moves"] as ExerciseMove[]}
        error={form.errors["exercise_moves"]}
        onChange={(moves) => form.setFieldValue("exercise_moves", moves)}
      />
    </RecordForm>
  );
}
