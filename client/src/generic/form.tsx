import { Button } from "@mantine/core";
import type { AnyRecord, Channel } from "@spotter/realtime";
import { fieldName } from "../ui/base/field-names";
import { capital } from "../ui/base/locale";
import { FormPage } from "../ui/form/form-page";
import type { FormProps } from "../ui/form/form-props";
import { RecordForm } from "../ui/form/record-form";
import { useRecordForm } from "../ui/form/use-record-form";
import { NotLoaded } from "../ui/base/not-loaded";
import { things } from "../ui/shell/things";
import { dataOf, ruleOf, valueOf } from "./fields";
import type { Field } from "./fields";
import { FieldInput } from "./field-input";
import { say } from "./say";
import { useChannelOfPage } from "./use-channel-of-page";
import { useFields } from "./use-fields";
import { texts } from "./texts";

/** The form of a resource that has none of its own. */
export default function GenericFormPage() {
  const channel = useChannelOfPage();
  return (
    <FormPage key={channel} channel={channel} noun={capital(things.one(channel))}>
      {(page) => <Described channel={channel} {...page} />}
    </FormPage>
  );
}

function Described({ channel, ...page }: FormProps & { channel: Channel }) {
  const { fields, problem, retry } = useFields(channel);
  if (problem !== null) {
    return (
      <p role="alert">
        {texts.notDescribed(problem)}{" "}
        <Button variant="default" size="compact-sm" onClick={retry}>
          {texts.again}
        </Button>
      </p>
    );
  }
  return fields ? <Form channel={channel} fields={fields} {...page} /> : <NotLoaded />;
}

interface Props extends FormProps {
  channel: Channel;
  fields: readonly Field[];
}

function Form({ channel, fields, id, onSaved, onCancel }: Props) {
  const find = (name: string) => fields.find((field) => field.name === name);
  const record = useRecordForm({
    channel,
    id,
    rules: Object.fromEntries(fields.map((field) => [field.name, ruleOf(field)])),
    toValues: (saved) =>
      Object.fromEntries(fields.map((field) => [field.name, valueOf(field, saved)])),
    toData: (name, value) => {
      const field = find(name);
      return field && dataOf(field, value);
    },
    onSaved,
  });
  const labels = Object.fromEntries(fields.map(({ name }) => [name, capital(fieldName(name))]));
  const saved = record.record as (AnyRecord & Record<string, unknown>) | undefined;
  return (
    <RecordForm
      form={record}
      labels={labels}
      describe={(name, value) => say(name, value) || texts.empty}
      saveLabel={id === null ? texts.add(things.one(channel)) : texts.save}
      onCancel={onCancel}
    >
      {fields.map((field) => {
        const { error, value, onChange } = record.form.getInputProps(field.name) as {
          error?: string;
          value: unknown;
          onChange: (value: unknown) => void;
        };
        return (
          <FieldInput
            key={field.name}
            field={field}
            label={labels[field.name] ?? field.name}
            value={value}
            error={error}
            onChange={onChange}
            saved={saved?.[field.name]}
          />
        );
      })}
    </RecordForm>
  );
}
