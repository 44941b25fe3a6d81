import { Checkbox, Input, NativeSelect } from "@mantine/core";
import { ListField } from "./list-field";
import { ObjectField } from "./object-field";
import { JsonField } from "./json-field";
import { messagesOf } from "./problems";
import { beginningOf, nameOf, rulesOf, shapeOf, shapesOf } from "./schema";
import type { FieldProps } from "./field-props";
import type { Shape } from "./schema";
import styles from "./explorer.module.css";
import { TextField } from "./text-field";
import { texts } from "../texts";

const NOT_SENT = "";
const NULL = "null";

/** A value of any schema; what may be one of several things is chosen first. */
export function ValueField(props: FieldProps) {
  const { label, value, onChange, schema, schemas, required, errors } = props;
  const { shapes, nullable } = shapesOf(schema, schemas);
  const [only] = shapes;
  if (!only) return null;
  const isSimple = shapes.length === 1 && !hasParts(only);
  if (isSimple) {
    return (
      <div className={styles["simple"]}>
        <OneField {...props} shape={only} />
        {nullable && (
          <Checkbox
            size="xs"
            label="null"
            aria-label={texts.isNull(label)}
            checked={value === null}
            onChange={(event) => onChange(event.currentTarget.checked ? null : undefined)}
          />
        )}
      </div>
    );
  }
  const shape = shapeOf(value, { shapes, nullable });
  const chosen = value === null ? NULL : shape ? String(shapes.indexOf(shape)) : NOT_SENT;
  // A text or a number says it at its own field.
  const isWhole = messagesOf(errors) !== null && (shape === undefined || hasParts(shape));
  const isFixed = required && shapes.length === 1 && !nullable;
  return (
    <fieldset className={styles["group"]}>
      <legend>
        {label}
        {required && <span aria-hidden="true"> *</span>}
      </legend>
      {!isFixed && (
        <NativeSelect
          label={texts.what}
          aria-label={texts.whatItIs(label)}
          value={chosen}
          onChange={({ currentTarget: { value: next } }) => {
            const to = shapes[Number(next)];
            if (next === NULL) onChange(null);
            else onChange(to && (beginningOf(to, schemas) ?? emptyOf(to)));
          }}
        >
          <option value={NOT_SENT}>{texts.notSent}</option>
          {shapes.map((one, at) => (
            // The same shapes in the same order, as long as it is the same schema.
            // oxlint-disable-next-line no-array-index-key
            <option key={at} value={at}>
              {nameOf(one)}
            </option>
          ))}
          {nullable && <option value={NULL}>null</option>}
        </NativeSelect>
      )}
      {shape && <OneField {...props} shape={shape} />}
      {isWhole && <Input.Error>{messagesOf(errors)}</Input.Error>}
    </fieldset>
  );
}

const hasParts = ({ kind }: Shape) => ["list", "object", "anything"].includes(kind);

function emptyOf({ kind }: Shape): unknown {
  if (kind === "anything") return {};
  return kind === "flag" ? false : "";
}

function OneField({ shape, ...props }: FieldProps & { shape: Shape }) {
  if (shape.kind === "object")
    return <ObjectField {...props} schema={shape.schema} field={ValueField} />;
  if (shape.kind === "list")
    return <ListField {...props} schema={shape.schema} field={ValueField} />;
  if (shape.kind === "anything")
    return (
      <JsonField
        label={texts.asJson(props.label)}
        {...jsonOf(props)}
        rules={rulesOf(shape.schema)}
      />
    );
  return <TextField {...props} shape={shape} />;
}

const jsonOf = ({ value, onChange }: FieldProps) => ({ value, onChange });
