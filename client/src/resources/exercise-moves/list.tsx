import { useChannel } from "@spotter/realtime/react";
import { useCallback } from "react";
import { Link } from "wouter";
import { useMay } from "../../accounts/can";
import type { ExerciseMove } from "../../protocol";
import card from "../../ui/list/card.module.css";
import { FilterSelect } from "../../ui/list/filter-select";
import { ListPage } from "../../ui/list/list-page";
import { RecordList } from "../../ui/list/record-list";
import { useQuery } from "../../ui/list/use-query";
import styles from "./moves.module.css";
import { StarterButton } from "./starter-button";
import { texts } from "./texts";

const byName = (a: ExerciseMove, b: ExerciseMove) => a.name.localeCompare(b.name);
const sorts = {
  name: { label: () => texts.byName, compare: byName },
  focus: {
    label: () => texts.byFocus,
    compare: (a: ExerciseMove, b: ExerciseMove) => a.focus.localeCompare(b.focus) || byName(a, b),
  },
  newest: {
    label: () => texts.newestFirst,
    compare: (a: ExerciseMove, b: ExerciseMove) => b.id - a.id,
  },
};
const searchText = (move: ExerciseMove) => `${move.name} ${move.focus} ${move.description}`;

export default function MovesPage() {
  const [focus, setFocus] = useQuery("focus");
  const foci = new Set(useChannel("exercise_moves")?.map((move) => move.focus));
  const keep = useCallback((move: ExerciseMove) => focus === "" || move.focus === focus, [focus]);
  return (
    <ListPage channel="exercise_moves" title={texts.moves} add={texts.newMove}>
      <RecordList
        channel="exercise_moves"
        sorts={sorts}
        searchText={searchText}
        keep={keep}
        filters={
          <FilterSelect
            label={texts.focus}
            all={texts.anyFocus}
            options={[...foci].toSorted()}
            value={focus}
            onChange={setFocus}
          />
        }
        hint={<Hint />}
        item={(move) => (
          <article className={card["card"]}>
            <Link href={`/moves/${move.id}`} className={card["title"]}>
              {move.name}
            </Link>
            <p className={card["clamp"]}>{move.description}</p>
            <p className={`${card["meta"]} ${card["foot"]}`}>
              <span className={styles["focus"]}>{move.focus}</span>
              {move.video_link && <span>{texts.video}</span>}
            </p>
          </article>
        )}
      />
    </ListPage>
  );
}

function Hint() {
  const mayAdd = useMay("exercise_moves", null);
  return (
    <>
      <p>{texts.hint}</p>
      {mayAdd && <StarterButton mt="md" />}
    </>
  );
}
