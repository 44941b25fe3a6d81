import { Button } from "@mantine/core";
import styles from "./explorer.module.css";
import { partOf } from "./problems";
import { beginning } from "./schema";
import type { ContainerProps } from "./field-props";
import { texts } from "../texts";

/** A list: its elements, one below the other. */
export function ListField({
  label,
  value,
  onChange,
  schema,
  schemas,
  errors,
  field: Field,
}: ContainerProps) {
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  const items = schema.items ?? {};
  return (
    <div className={styles["fields"]}>
      {elements.map((element, at) => (
        // Elements have nothing but their places.
        // oxlint-disable-next-line no-array-index-key
        <div key={at} className={styles["element"]}>
          <Field
            label={`${label} ${at + 1}`}
            value={element}
            onChange={(to) => onChange(elements.with(at, to))}
            schema={items}
            schemas={schemas}
            required
            errors={partOf(errors, String(at))}
          />
          <Button
            variant="default"
            size="compact-sm"
            aria-label={texts.takeOutOf(label, at + 1)}
            onClick={() => onChange(elements.toSpliced(at, 1))}
          >
            {texts.takeOut}
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => onChange([...elements, beginning(items, schemas) ?? ""])}
      >
        {texts.addTo(label)}
      </Button>
    </div>
  );
}
