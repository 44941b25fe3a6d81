import { Autocomplete, Combobox, Textarea, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { formatChange } from "../../ui/base/format-value";
import { CharacterCount } from "../../ui/form/character-count";
import { FormPage } from "../../ui/form/form-page";
import type { FormProps } from "../../ui/form/form-props";
import { sayLevel, writtenLevel } from "../../ui/base/levels";
import { texts as formTexts } from "../../ui/form/texts";
import { RecordForm } from "../../ui/form/record-form";
import { useRecordForm } from "../../ui/form/use-record-form";
import { Builder } from "./builder";
import { rules, toData, toValues } from "./fields";
import type { Row } from "./planned-moves";
import { texts } from "./texts";

export default function PlanFormPage() {
  return (
    <FormPage channel="workout_plans" noun={texts.plan}>
      {(page) => <PlanForm {...page} />}
    </FormPage>
  );
}

export function PlanForm({ id, called, onSaved, onCancel }: FormProps) {
  const difficulties = useChannel("workout_plans")?.map((plan) => plan.difficulty) ?? [];
  const record = useRecordForm({
    channel: "workout_plans",
    id,
    rules,
    toValues: (plan) => ({ ...toValues(plan), ...(called && { name: called }) }),
    toData,
    onSaved,
    drafts: called === undefined,
  });
  const { form } = record;
  /** Of two versions of a field, what is not the same in both. */
  const describe = (field: string, value: unknown) => {
    const mine = form.values[field];
    const theirs = record.theirs?.conflicts[field];
    return formatChange(field, value, value === mine ? theirs : mine)[0] || texts.empty;
  };
  return (
    <RecordForm
      form={record}
      labels={texts.labels}
      describe={describe}
      saveLabel={id === null ? texts.addPlan : texts.save}
      onCancel={onCancel}
      wide
    >
      <TextInput
        label={texts.labels.name}
        required
        data-autofocus={called === "" || undefined}
        {...form.getInputProps("name")}
      />
      <Autocomplete
        label={texts.labels.difficulty}
        required
        placeholder={formTexts.chooseOrTypeHere}
        data={suggested(difficulties)}
        data-autofocus={called || undefined}
        openOnFocus={called === undefined}
        rightSection={<Combobox.Chevron />}
        rightSectionPointerEvents="none"
        {...form.getInputProps("difficulty")}
        value={sayLevel(String(form.values["difficulty"]))}
        onChange={(said) => form.setFieldValue("difficulty", writtenLevel(said))}
      />
      <Textarea
        label={texts.labels.description}
        description={texts.descriptionHint}
        required
        autosize
        minRows={3}
        {...form.getInputProps("description")}
      />
      <CharacterCount of={form.values["description"]} most={300} />
      <Builder
        rows={form.values["exercise_moves"] as Row[]}
        error={form.errors["exercise_moves"]}
        onChange={(rows) => form.setFieldValue("exercise_moves", rows)}
      />
    </RecordForm>
  );
}

/** The usual words and those of other plans, in the reader's language. */
function suggested(difficulties: readonly string[]): string[] {
  return [...new Set([...texts.levels, ...difficulties].map(sayLevel))];
}
