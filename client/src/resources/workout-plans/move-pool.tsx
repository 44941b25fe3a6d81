import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useMay } from "../../accounts/can";
import type { ExerciseMove } from "../../protocol";
import { PlusIcon, SearchIcon } from "../../ui/base/icons";
import { folded, matches } from "../../ui/base/search-text";
import { useShowMore } from "../../ui/list/use-show-more";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { StarterButton } from "../exercise-moves/starter-button";
import styles from "./move-pool.module.css";
import { texts } from "./texts";

const MakeMove = lazyDialog(
  () => texts.theNewMove,
  () => import("../exercise-moves/make"),
);

interface Props {
  moves: readonly ExerciseMove[];
  /** Those that are in the plan already. */
  chosen: readonly { id: number }[];
  onAdd: (move: ExerciseMove) => void;
}

/** All moves, to put into a plan: found by what one types, put in with Enter, made where there is none. */
export function MovePool({ moves, chosen, onAdd }: Props) {
  const [search, setSearch] = useState("");
  const [focus, setFocus] = useState<string | null>(null);
  const [making, setMaking] = useState<string | null>(null);
  const mayMake = useMay("exercise_moves", null);
  const input = useRef<HTMLInputElement>(null);
  const pool = useRef<HTMLDivElement>(null);
  const typed = search.trim();
  const found = moves.filter(
    (move) =>
      (focus === null || move.focus === focus) && matches(`${move.name} ${move.focus}`, search),
  );
  const { shown, rest, more, sentinel } = useShowMore(found);
  const counts = new Map<number, number>();
  for (const { id } of chosen) counts.set(id, (counts.get(id) ?? 0) + 1);
  const called = moves.some(({ name }) => folded(name) === folded(typed)) ? "" : typed;

  const addNext = (move: ExerciseMove) => {
    onAdd(move);
    setSearch("");
    input.current?.focus();
  };
  const addFirst = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    // It would send the form.
    event.preventDefault();
    if (event.nativeEvent.isComposing || typed === "") return;
    if (found[0]) addNext(found[0]);
    else if (mayMake) setMaking(called);
  };
  /** From where one types down the list and back, round and round. */
  const along = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 || event.nativeEvent.isComposing || !input.current) return;
    event.preventDefault();
    const stops = [input.current, ...(pool.current?.querySelectorAll("button") ?? [])];
    const at = stops.indexOf(event.target as HTMLInputElement);
    stops.at((at + by) % stops.length)?.focus();
  };

  return (
    <>
      <div className={styles["tools"]}>
        <TextInput
          ref={input}
          aria-label={texts.searchMoves}
          placeholder={texts.searchHint}
          leftSection={<SearchIcon size={18} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            addFirst(event);
            along(event);
          }}
        />
        <Select
          aria-label={texts.focusOfMoves}
          placeholder={texts.focus}
          data={[...new Set(moves.map((move) => move.focus))].toSorted()}
          value={focus}
          onChange={setFocus}
          clearable
        />
      </div>
      {/* Its buttons have the keys; here they are only caught. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={pool} onKeyDown={along}>
        <ul className={styles["pool"]}>
          {found.length === 0 && (
            <li className={styles["empty"]}>
              {moves.length > 0 ? texts.noMoveFits : mayMake ? <StarterButton /> : texts.noMovesYet}
            </li>
          )}
          {shown.map((move) => (
            <li key={move.id} className={styles["item"]}>
              <span className={styles["label"]}>
                {move.name}
                <small>
                  {move.focus}
                  {counts.has(move.id) && `, ${texts.timesInPlan(counts.get(move.id) ?? 0)}`}
                </small>
              </span>
              <ActionIcon
                aria-label={texts.add(move.name)}
                // By key one goes on typing.
                onClick={({ detail }) => (detail === 0 ? addNext(move) : onAdd(move))}
              >
                <PlusIcon />
              </ActionIcon>
            </li>
          ))}
          {rest > 0 && (
            <li>
              <button type="button" ref={sentinel} onClick={more}>
                {texts.showMore}
              </button>
            </li>
          )}
        </ul>
        {mayMake && (
          <Button
            variant="default"
            fullWidth
            className={styles["new"]}
            leftSection={<PlusIcon size={18} />}
            onClick={() => setMaking(called)}
          >
            {called === "" ? texts.newMove : texts.newNamed(called)}
          </Button>
        )}
      </div>
      {making !== null && (
        <MakeMove
          called={making}
          onMade={addNext}
          onClose={() => {
            setMaking(null);
            input.current?.focus();
          }}
        />
      )}
    </>
  );
}
