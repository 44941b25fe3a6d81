import { labelOf } from "./fields";
import { useId, useState } from "react";
import type { ChangeEvent } from "react";
import type { Field } from "./fields";
import styles from "./preview-row.module.css";
import { texts } from "./texts";

/** So short a text stands on one line: a day, a number. */
const UNBROKEN = 12;

interface Props {
  field: Field;
  /** The number of its row. */
  line: number;
  text: string;
  /** What the record has so far, where that is something else. */
  before: string | undefined;
  error: string | undefined;
  isOpen: boolean;
  onChange: (text: string) => void;
}

/** A cell: text, or an input where it is wrong or somebody edits the row. */
export function PreviewCell({ field, line, text, before, error, isOpen, onChange }: Props) {
  // An input stays one while it is there: the focus may be in it.
  const [wasOpen, setWasOpen] = useState(false);
  const isInput = isOpen || error !== undefined || wasOpen;
  if (isInput && !wasOpen) setWasOpen(true);
  return (
    <td
      className={styles["cell"]}
      data-long={field.long}
      data-empty={(!isInput && text === "" && before === undefined) || undefined}
    >
      <span className={styles["label"]} aria-hidden="true">
        {labelOf(field)}
      </span>
      {isInput ? (
        <CellInput field={field} line={line} text={text} error={error} onChange={onChange} />
      ) : (
        <span className={styles["text"]} data-short={text.length <= UNBROKEN || undefined}>
          {text}
        </span>
      )}
      {before !== undefined && error === undefined && (
        <span className={styles["before"]}>
          {texts.untilNow} <del>{before}</del>
        </span>
      )}
    </td>
  );
}

interface InputProps {
  field: Field;
  line: number;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

/** What is typed counts when the input is left, or with Enter. */
function CellInput({ field, line, text, error, onChange }: InputProps) {
  const id = useId();
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    setKnown(text);
    setTyped(text);
  }
  const commit = () => {
    if (typed !== text) onChange(typed);
  };
  const common = {
    className: styles["input"],
    "aria-label": texts.cellOf(labelOf(field), line),
    "aria-invalid": error !== undefined || undefined,
    "aria-describedby": error === undefined ? undefined : id,
    autoComplete: "off",
    value: typed,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setTyped(event.currentTarget.value),
    onBlur: commit,
  };
  return (
    <>
      {field.long ? (
        <textarea {...common} rows={3} />
      ) : (
        <input
          {...common}
          list={`import-${field.key}`}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
          }}
        />
      )}
      {error !== undefined && (
        <span id={id} className={styles["problem"]}>
          {error}
        </span>
      )}
    </>
  );
}
