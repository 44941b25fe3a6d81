import { useChannel } from "@spotter/realtime/react";
import type { ReactNode } from "react";
import { useArrived } from "../../ui/form/use-arrived";
import styles from "./builder.module.css";
import { ChosenMoves } from "./chosen-moves";
import { firstWrong, planned } from "./planned-moves";
import type { Row } from "./planned-moves";
import { MovePool } from "./move-pool";
import { texts } from "./texts";

interface Props {
  rows: readonly Row[];
  error: ReactNode;
  onChange: (rows: Row[]) => void;
}

/** Puts a plan together: its moves in their order, what is to be done of each, and all moves to choose from. */
export function Builder({ rows, error, onChange }: Props) {
  const all = useChannel("exercise_moves") ?? [];
  useArrived(
    "exercise_moves",
    rows.map(({ id }) => id),
    (arrived) => onChange(rows.map((row) => ({ ...row, ...arrived.get(row.id) }))),
  );
  // What is wrong with a cell is said beside it.
  const message = firstWrong(rows) === null ? error : null;
  return (
    <fieldset className={styles["fieldset"]} aria-describedby={message ? "moves-error" : undefined}>
      <legend>
        {texts.inOrder}{" "}
        <span className={styles["star"]} aria-hidden="true">
          *
        </span>
      </legend>
      {message && (
        <p id="moves-error" className={styles["error"]}>
          {message}
        </p>
      )}
      <div className={styles["builder"]}>
        <div>
          <h2>{texts.inThisPlan}</h2>
          <ChosenMoves rows={rows} wrong={Boolean(message)} onChange={onChange} />
        </div>
        <div>
          <h2>{texts.addMoves}</h2>
          <MovePool
            moves={all}
            chosen={rows}
            onAdd={(move) => onChange([...rows, planned(move)])}
          />
        </div>
      </div>
    </fieldset>
  );
}
