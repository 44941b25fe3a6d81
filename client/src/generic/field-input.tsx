import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { PasswordField } from "../ui/form/password-field";
import type { Field } from "./fields";
import { ManyInput, OneInput } from "./reference-input";
import { texts } from "./texts";

interface Props {
  field: Field;
  label: string;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
  /** The record's own value of it. */
  saved: unknown;
}

/** The input of one field. */
export function FieldInput({ field, label, value, error, onChange, saved }: Props) {
  const { kind, required, schema, relation } = field;
  const shared = { label, required, error };
  const [example] = schema.examples ?? [];
  const description = example === undefined ? undefined : texts.suchAs(String(example));
  const typed = {
    ...shared,
    description,
    value: String(value ?? ""),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange(currentTarget.value),
  };
  if (relation) {
    const known = [saved].flat().flatMap((one) => {
      const { id, name } = (one ?? {}) as { id?: number; name?: string };
      return id === undefined ? [] : [{ id, name: name ?? String(id) }];
    });
    const refers = { ...shared, channel: relation.channel, known };
    return relation.many ? (
      <ManyInput {...refers} value={value as number[]} onChange={onChange} />
    ) : (
      <OneInput {...refers} value={value as number | null} onChange={onChange} />
    );
  }
  switch (kind) {
    case "flag":
      return (
        <Checkbox
          label={label}
          error={error}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case "choice": {
      const choices = (schema.enum ?? []).filter((choice) => choice !== null);
      return (
        <NativeSelect
          {...shared}
          value={String(choices.findIndex((choice) => choice === value))}
          onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)] ?? null)}
        >
          <option value="-1">{texts.nothing}</option>
          {choices.map((choice, at) => (
            <option key={String(choice)} value={at}>
              {String(choice)}
            </option>
          ))}
        </NativeSelect>
      );
    }
    case "lines":
      return <Textarea {...typed} autosize minRows={3} />;
    case "json":
      return (
        <Textarea {...typed} description={texts.json} autosize minRows={2} spellCheck={false} />
      );
    case "secret":
      return <PasswordField {...typed} autoComplete="new-password" />;
    case "date":
      return <TextInput {...typed} type="date" />;
    case "number":
      return <TextInput {...typed} inputMode="decimal" />;
    default:
      return <TextInput {...typed} type={schema.format === "uri" ? "url" : "text"} />;
  }
}
