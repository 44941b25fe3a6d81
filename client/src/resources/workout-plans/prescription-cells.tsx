import { useId } from "react";
import type { KeyboardEvent } from "react";
import { cells, textIn, withTyped, wrongIn } from "./planned-moves";
import type { Cell, Row } from "./planned-moves";
import styles from "./prescription-cells.module.css";
import { texts } from "./texts";

const hints: Partial<Readonly<Record<Cell, string>>> = { reps: "8-12", rest: "90" };

interface Props {
  row: Row;
  /** The row's place among all, from 0. */
  at: number;
  onChange: (row: Row) => void;
  /** The input is left: what was typed gets its usual form. */
  onLeave: () => void;
}

/** What is to be done of one move of a plan, cell by cell. */
export function PrescriptionCells({ row, at, onChange, onLeave }: Props) {
  const id = useId();
  const wrong = cells.flatMap((cell) => {
    const message = wrongIn(row, cell);
    return message === null ? [] : [{ cell, message }];
  });
  return (
    <div className={styles["cells"]}>
      {cells.map((cell) => (
        <label key={cell} className={styles["cell"]} data-of={cell}>
          <span>{texts.cells[cell]}</span>
          <input
            data-cell={`${at} ${cell}`}
            aria-label={(cell === "rest" ? texts.restOf : texts.cellOf)(
              texts.cells[cell],
              row.name,
            )}
            aria-invalid={wrong.some((each) => each.cell === cell) || undefined}
            aria-describedby={wrong.length > 0 ? `${id}wrong` : undefined}
            autoComplete="off"
            inputMode={cell === "sets" ? "numeric" : "text"}
            placeholder={hints[cell]}
            value={textIn(row, cell)}
            onChange={(event) => onChange(withTyped(row, cell, event.currentTarget.value))}
            onBlur={onLeave}
            onKeyDown={(event) => step(event, at, cell)}
          />
        </label>
      ))}
      {wrong.length > 0 && (
        <p id={`${id}wrong`} className={styles["wrong"]}>
          {wrong.map(({ cell, message }) => `${texts.cells[cell]}: ${message}`).join(" ")}
        </p>
      )}
    </div>
  );
}

/**
 * Enter and the arrows go through a column, as in a spreadsheet; Tab goes from the last cell of a row to
 * the first of the next. The buttons in between are there on the way back.
 */
function step(event: KeyboardEvent<HTMLInputElement>, at: number, cell: Cell): void {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const to = target(event, at, cell);
  if (to === null) return;
  const input = event.currentTarget
    .closest("ol")
    ?.querySelector<HTMLInputElement>(`[data-cell="${to}"]`);
  // Enter would send the form, which is not finished when a cell is.
  if (input || event.key === "Enter") event.preventDefault();
  input?.focus();
  input?.select();
}

function target({ key, shiftKey }: KeyboardEvent, at: number, cell: Cell): string | null {
  if (key === "ArrowDown" || (key === "Enter" && !shiftKey)) return `${at + 1} ${cell}`;
  if (key === "ArrowUp" || key === "Enter") return `${at - 1} ${cell}`;
  return key === "Tab" && !shiftKey && cell === cells.at(-1) ? `${at + 1} ${cells[0]}` : null;
}
