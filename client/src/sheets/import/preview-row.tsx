import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Dispatch } from "react";
import type { Draft } from "./draft";
import type { Field } from "./fields";
import type { Action } from "./import-state";
import { editOf } from "./import-state";
import { WarningIcon } from "../../ui/base/icons";
import styles from "./preview-row.module.css";
import { PreviewCell } from "./preview-cell";
import { texts } from "./texts";

interface Props {
  sheetKey: string;
  draft: Draft;
  fields: readonly Field[];
  dispatch: Dispatch<Action>;
}

/** One row: what becomes of it and why, its cells, what to do with it. */
export function PreviewRow({ sheetKey, draft, fields, dispatch }: Props) {
  const { line, status, note, warnings = [], problems, errors, cells, before } = draft;
  const [isOpen, setIsOpen] = useState(false);
  // Counts how often it was closed: then its inputs are text again.
  const [closed, setClosed] = useState(0);
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isOpen) row.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, [isOpen]);
  const isShown = new Set(fields.map(({ key }) => key));
  const elsewhere = Object.entries(errors).filter(([key]) => !isShown.has(key));
  const lines = [...problems.map(({ text }) => text), ...elsewhere.map(([, text]) => text)];
  const isSettled = status === "written" || status === "out";
  return (
    <tr ref={row} data-status={status}>
      <th scope="row">
        <span className={styles["label"]}>{texts.rowLabel} </span>
        {line}
      </th>
      <td className={styles["status"]}>
        <span className={styles["badge"]} data-status={status}>
          {texts.status[status]}
        </span>
        {note !== "" && <p className={styles["note"]}>{note}</p>}
        {warnings.map((text) => (
          <p key={text} className={styles["warning"]}>
            <WarningIcon size={16} /> {text}
          </p>
        ))}
        {lines.map((text) => (
          <p key={text} className={styles["problem"]}>
            {text}
          </p>
        ))}
      </td>
      {fields.map((field) => (
        <PreviewCell
          key={`${field.key} ${closed}`}
          field={field}
          line={line}
          text={cells[field.key] ?? ""}
          before={before[field.key]}
          error={errors[field.key]}
          isOpen={isOpen && !isSettled}
          onChange={(text) =>
            dispatch({
              type: "edit",
              key: sheetKey,
              line,
              cells: editOf(draft.channel, field.key, text),
            })
          }
        />
      ))}
      <td className={styles["actions"]}>
        {problems.length > 0 && problems.every(({ mayBeMeant }) => mayBeMeant) && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={texts.meantRow(line)}
            onClick={() => {
              // This button goes.
              row.current?.querySelector<HTMLElement>("button:last-child")?.focus();
              dispatch({ type: "accept", key: sheetKey, line });
            }}
          >
            {texts.meant}
          </Button>
        )}
        {!isSettled && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={isOpen ? texts.ofRow(texts.done, line) : texts.editRow(line)}
            onClick={() => {
              if (isOpen) setClosed(closed + 1);
              setIsOpen(!isOpen);
            }}
          >
            {isOpen ? texts.done : texts.edit}
          </Button>
        )}
        {status !== "written" && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={texts.ofRow(status === "out" ? texts.takeIt : texts.leaveOut, line)}
            onClick={() =>
              dispatch({ type: "leave", key: sheetKey, lines: [line], isOut: status !== "out" })
            }
          >
            {status === "out" ? texts.takeIt : texts.leaveOut}
          </Button>
        )}
      </td>
    </tr>
  );
}
