import { Link } from "wouter";
import type { WorkoutPlan } from "../../protocol";
import { pause } from "../../ui/base/prescription";
import type { Prescription } from "../../ui/base/prescription";
import type { Cell } from "./planned-moves";
import styles from "./prescription-table.module.css";
import { texts } from "./texts";

const columns: readonly { name: Cell; of: (planned: Prescription) => string }[] = [
  { name: "sets", of: ({ sets }) => String(sets ?? "") },
  { name: "reps", of: ({ reps }) => reps ?? "" },
  { name: "rest", of: ({ rest }) => pause(rest) },
  { name: "notes", of: ({ notes }) => notes ?? "" },
];

/** The moves of a plan in their order, with what is to be done of each. */
export function PrescriptionTable({ moves }: { moves: WorkoutPlan["exercise_moves"] }) {
  const used = columns.filter(({ of }) => moves.some((move) => of(move) !== ""));
  return (
    <div className={styles["wide"]}>
      <table className={styles["table"]} aria-labelledby="moves">
        <thead>
          <tr>
            <th scope="col">{texts.moveColumn}</th>
            {used.map(({ name }) => (
              <th key={name} scope="col" data-cell={name} data-of={texts.columns[name]}>
                {texts.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moves.map((move, at) => (
            // A plan may have the same move twice, so its place is part of its name.
            // oxlint-disable-next-line no-array-index-key
            <tr key={`${move.id}-${at}`}>
              <th scope="row">
                <Link href={`/moves/${move.id}`}>{move.name}</Link>{" "}
                <span className={styles["focus"]}>{move.focus}</span>
                <p>{move.description}</p>
              </th>
              {used.map(({ name, of }) => (
                <td key={name} data-cell={name} data-of={texts.columns[name]}>
                  {of(move)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
