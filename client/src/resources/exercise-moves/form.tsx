import { Autocomplete, Combobox, Textarea, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { formatValue } from "../../ui/base/format-value";
import { CharacterCount } from "../../ui/form/character-count";
import { FormPage } from "../../ui/form/form-page";
import type { FormProps } from "../../ui/form/form-props";
import { texts as formTexts } from "../../ui/form/texts";
import { RecordForm } from "../../ui/form/record-form";
import { useRecordForm } from "../../ui/form/use-record-form";
import { rules, toData, toValues } from "./fields";
import { texts } from "./texts";

export default function MoveFormPage() {
  return (
    <FormPage channel="exercise_moves" noun={texts.move}>
      {(page) => <MoveForm {...page} />}
    </FormPage>
  );
}

export function MoveForm({ id, called, onSaved, onCancel }: FormProps) {
  const foci = useChannel("exercise_moves")?.map((move) => move.focus) ?? [];
  const record = useRecordForm({
    channel: "exercise_moves",
    id,
    rules,
    toValues: (move) => ({ ...toValues(move), ...(called && { name: called }) }),
    toData,
    onSaved,
    drafts: called === undefined,
  });
  const { form } = record;
  return (
    <RecordForm
      form={record}
      labels={texts.labels}
      describe={(field, value) => formatValue(field, value) || texts.empty}
      saveLabel={id === null ? texts.addMove : texts.save}
      onCancel={onCancel}
    >
      <TextInput
        label={texts.labels.name}
        required
        data-autofocus={called === "" || undefined}
        {...form.getInputProps("name")}
      />
      <Autocomplete
        label={texts.labels.focus}
        description={texts.focusHint}
        required
        placeholder={formTexts.chooseOrTypeHere}
        data={[...new Set(foci)].toSorted()}
        data-autofocus={called || undefined}
        openOnFocus={called === undefined}
        rightSection={<Combobox.Chevron />}
        rightSectionPointerEvents="none"
        {...form.getInputProps("focus")}
      />
      <Textarea
        label={texts.labels.description}
        description={texts.descriptionHint}
        required
        autosize
        minRows={4}
        {...form.getInputProps("description")}
      />
      <CharacterCount of={form.values["description"]} most={500} />
      {called === undefined && (
        <TextInput
          label={texts.labels.video_link}
          description={texts.videoHint}
          type="url"
          {...form.getInputProps("video_link")}
        />
      )}
    </RecordForm>
  );
}
