import { Link } from "wouter";
import type { ExerciseMove } from "../../realtime";
import card from "../../ui/card.module.css";
import { Page } from "../../ui/page";
import { RecordList } from "../../ui/record-list";

const sorts = {
  name: {
    label: "By name",
    compare: (a: ExerciseMove, b: ExerciseMove) => a.name.localeCompare(b.name),
  },
};
const searchText = (move: ExerciseMove) => `${move.name} ${move.focus} ${move.description}`;

export default function MovesPage() {
  return (
    <Page title="Exercise moves">
      <RecordList
        channel="exercise_moves"
        sorts={sorts}
        searchText={searchText}
        hint="Add the first one."
        item={(move) => (
          <article className={card["card"]}>
            <Link href={`/moves/${move.id}`} className={card["title"]}>
              {move.name}
            </Link>
            <p className={card["meta"]}>{move.focus}</p>
          </article>
        )}
      />
    </Page>
  );
}
