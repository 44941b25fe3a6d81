import { useChannel } from "@spotter/realtime";
import { useCallback } from "react";
import { Link } from "wouter";
import type { ExerciseMove } from "../../protocol";
import card from "../../ui/list/card.module.css";
import { FilterSelect } from "../../ui/list/filter-select";
import { ListPage } from "../../ui/list/list-page";
import { RecordList } from "../../ui/list/record-list";
import { useQuery } from "../../ui/list/use-query";
import styles from "./moves.module.css";

const byName = (a: ExerciseMove, b: ExerciseMove) => a.name.localeCompare(b.name);
const sorts = {
  name: { label: "By name", compare: byName },
  focus: {
    label: "By focus",
    compare: (a: ExerciseMove, b: ExerciseMove) => a.focus.localeCompare(b.focus) || byName(a, b),
  },
  newest: { label: "Newest first", compare: (a: ExerciseMove, b: ExerciseMove) => b.id - a.id },
};
const searchText = (move: ExerciseMove) => `${move.name} ${move.focus} ${move.description}`;

export default function MovesPage() {
  const [focus, setFocus] = useQuery("focus");
  const foci = new Set(useChannel("exercise_moves")?.map((move) => move.focus));
  const keep = useCallback((move: ExerciseMove) => focus === "" || move.focus === focus, [focus]);
  return (
    <ListPage channel="exercise_moves" title="Exercise moves" add="New move">
      <RecordList
        channel="exercise_moves"
        sorts={sorts}
        searchText={searchText}
        keep={keep}
        filters={
          <FilterSelect
            label="Focus"
            all="Every focus"
            options={[...foci].toSorted()}
            value={focus}
            onChange={setFocus}
          />
        }
        hint="Add the moves that your plans are made of."
        item={(move) => (
          <article className={card["card"]}>
            <Link href={`/moves/${move.id}`} className={card["title"]}>
              {move.name}
            </Link>
            <p className={card["clamp"]}>{move.description}</p>
            <p className={`${card["meta"]} ${card["foot"]}`}>
              <span className={styles["focus"]}>{move.focus}</span>
              {move.video_link && <span>Video</span>}
            </p>
          </article>
        )}
      />
    </ListPage>
  );
}
