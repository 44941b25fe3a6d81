import { Autocomplete, Textarea, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime";
import { useLocation } from "wouter";
import { formatValue } from "../../ui/base/format-value";
import { CharacterCount } from "../../ui/form/character-count";
import { FormPage } from "../../ui/form/form-page";
import { RecordForm } from "../../ui/form/record-form";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
import { labels, rules, toData, toValues } from "./fields";

export default function MoveFormPage() {
  return <FormPage channel="exercise_moves">{(id) => <MoveForm id={id} />}</FormPage>;
}

function MoveForm({ id }: { id: number | null }) {
  const [, navigate] = useLocation();
  const back = id === null ? "/moves" : `/moves/${id}`;
  const foci = useChannel("exercise_moves")?.map((move) => move.focus) ?? [];
  const record = useRecordForm({
    channel: "exercise_moves",
    id,
    rules,
    toValues,
    toData,
    onSaved: (saved, queued) => {
      savedNotice("Move", queued);
      navigate(saved ? `/moves/${saved.id}` : back);
    },
  });
  const { form } = record;
  return (
    <RecordForm
      form={record}
      labels={labels}
      describe={(field, value) => formatValue(field, value) || "(empty)"}
      saveLabel={id === null ? "Add move" : "Save"}
      onCancel={() => navigate(back)}
    >
      <TextInput label={labels.name} withAsterisk {...form.getInputProps("name")} />
      <Autocomplete
        label={labels.focus}
        description="What it trains: legs, back, core …"
        withAsterisk
        data={[...new Set(foci)].toSorted()}
        {...form.getInputProps("focus")}
      />
      <Textarea
        label={labels.description}
        description="How to do it, in 10 to 500 characters"
        withAsterisk
        autosize
        minRows={4}
        {...form.getInputProps("description")}
      />
      <CharacterCount of={form.values["description"]} most={500} />
      <TextInput
        label={labels.video_link}
        description="YouTube and Vimeo play here; others are linked"
        type="url"
        {...form.getInputProps("video_link")}
      />
    </RecordForm>
  );
}
