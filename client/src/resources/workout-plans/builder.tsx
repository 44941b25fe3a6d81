import { ActionIcon, Select, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ExerciseMove } from "../../protocol";
import { PlusIcon, SearchIcon } from "../../ui/base/icons";
import { matches } from "../../ui/base/search-text";
import { useShowMore } from "../../ui/list/use-show-more";
import { ChosenMoves } from "./chosen-moves";
import styles from "./plans.module.css";

interface Props {
  moves: readonly ExerciseMove[];
  error: ReactNode;
  onChange: (moves: ExerciseMove[]) => void;
}

/** Puts a plan together: its moves in their order, and all moves to choose from. */
export function Builder({ moves, error, onChange }: Props) {
  const [search, setSearch] = useState("");
  const [focus, setFocus] = useState<string | null>(null);
  const all = useChannel("exercise_moves") ?? [];
  const found = all.filter(
    (move) =>
      (focus === null || move.focus === focus) && matches(`${move.name} ${move.focus}`, search),
  );
  const { shown, rest, more, sentinel } = useShowMore(found);
  const counts = new Map<number, number>();
  for (const { id } of moves) counts.set(id, (counts.get(id) ?? 0) + 1);

  return (
    <fieldset className={styles["fieldset"]} aria-describedby={error ? "moves-error" : undefined}>
      <legend>Moves, in the order of the class</legend>
      {error && (
        <p id="moves-error" className={styles["error"]}>
          {error}
        </p>
      )}
      <div className={styles["builder"]}>
        <div>
          <h2>In this plan</h2>
          <ChosenMoves moves={moves} wrong={Boolean(error)} onChange={onChange} />
        </div>
        <div>
          <h2>Add moves</h2>
          <div className={styles["tools"]}>
            <TextInput
              aria-label="Search moves to add"
              placeholder="Search moves"
              leftSection={<SearchIcon size={18} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Select
              aria-label="Focus of the moves to add"
              placeholder="Focus"
              data={[...new Set(all.map((move) => move.focus))].toSorted()}
              value={focus}
              onChange={setFocus}
              clearable
            />
          </div>
          <ul className={styles["pool"]}>
            {found.length === 0 && <li className={styles["empty"]}>No move fits.</li>}
            {shown.map((move) => (
              <li key={move.id} className={styles["item"]}>
                <span className={styles["label"]}>
                  {move.name}
                  <small>
                    {move.focus}
                    {counts.has(move.id) && `, ${counts.get(move.id)} in this plan`}
                  </small>
                </span>
                <ActionIcon
                  aria-label={`Add ${move.name}`}
                  onClick={() => onChange([...moves, move])}
                >
                  <PlusIcon />
                </ActionIcon>
              </li>
            ))}
            {rest > 0 && (
              <li>
                <button type="button" ref={sentinel} onClick={more}>
                  Show more
                </button>
              </li>
            )}
          </ul>
        </div>
      </div>
    </fieldset>
  );
}
