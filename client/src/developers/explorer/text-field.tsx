import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { messagesOf } from "./problems";
import { rulesOf } from "./schema";
import type { Shape } from "./schema";
import type { FieldProps } from "./field-props";
import { texts } from "../texts";

/** Above that a text has several lines. */
const ONE_LINE = 200;

/** A text, a number, or one of a few values. What does not fit is sent as it is: the server says what is wrong. */
export function TextField({
  label,
  value,
  onChange,
  required,
  errors,
  shape,
}: FieldProps & { shape: Shape }) {
  const { kind, schema } = shape;
  const shared = {
    label,
    withAsterisk: required,
    description: rulesOf(schema),
    error: messagesOf(errors),
  };
  if (kind === "fixed") return <TextInput {...shared} readOnly value={String(schema.const)} />;
  const choices = kind === "flag" ? [true, false] : schema.enum;
  if (choices) {
    return (
      <NativeSelect
        {...shared}
        value={choices.indexOf(value as never)}
        onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)])}
      >
        <option value={-1}>{texts.notSent}</option>
        {choices.map((choice, at) => (
          <option key={String(choice)} value={at}>
            {String(choice)}
          </option>
        ))}
      </NativeSelect>
    );
  }
  const isLong =
    kind === "text" && (schema.maxLength ?? 0) > ONE_LINE && schema.format === undefined;
  const text = value === undefined || value === null ? "" : String(value);
  const input = {
    ...shared,
    value: text,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange(read(currentTarget.value, kind === "number")),
    autoComplete: "off",
    spellCheck: false,
  };
  if (isLong) return <Textarea {...input} autosize minRows={2} />;
  if (kind === "number") return <TextInput {...input} inputMode="decimal" />;
  return <TextInput {...input} type={schema.format === "password" ? "password" : "text"} />;
}

function read(text: string, isNumber: boolean): unknown {
  if (text === "") return undefined;
  // "1." and "-" are on the way to a number, and stay as they are typed.
  return isNumber && String(Number(text)) === text ? Number(text) : text;
}
