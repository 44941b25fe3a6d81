import styles from "./explorer.module.css";
import { partOf } from "./problems";
import { isObject } from "./schema";
import type { ContainerProps } from "./field-props";

/** An object: a field for each of its keys. */
export function ObjectField({
  value,
  onChange,
  schema,
  schemas,
  errors,
  field: Field,
}: ContainerProps) {
  const fields = isObject(value) ? value : {};
  const change = (key: string, to: unknown) => {
    const { [key]: _, ...others } = fields;
    onChange(to === undefined ? others : { ...fields, [key]: to });
  };
  return (
    <div className={styles["fields"]}>
      {Object.entries(schema.properties ?? {}).map(([key, one]) => (
        <Field
          key={key}
          label={key}
          value={fields[key]}
          onChange={(to) => change(key, to)}
          schema={one}
          schemas={schemas}
          required={schema.required?.includes(key) ?? false}
          errors={partOf(errors, key)}
        />
      ))}
    </div>
  );
}
