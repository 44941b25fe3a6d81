import { Link } from "wouter";
import type { Coach } from "../../protocol";
import { Avatar } from "../../ui/base/avatar";
import card from "../../ui/list/card.module.css";
import { ListPage } from "../../ui/list/list-page";
import { RecordList } from "../../ui/list/record-list";
import { texts } from "./texts";

const sorts = {
  name: {
    label: () => texts.byName,
    compare: (a: Coach, b: Coach) => a.name.localeCompare(b.name),
  },
  newest: { label: () => texts.newestFirst, compare: (a: Coach, b: Coach) => b.id - a.id },
  age: { label: () => texts.youngestFirst, compare: (a: Coach, b: Coach) => a.age - b.age },
};

const searchText = (coach: Coach) => `${coach.name} ${coach.username}`;

export default function CoachesPage() {
  return (
    <ListPage channel="coaches" title={texts.coaches} add={texts.newCoach}>
      <RecordList
        channel="coaches"
        sorts={sorts}
        searchText={searchText}
        hint={texts.addFirst}
        item={(coach) => <CoachCard coach={coach} />}
      />
    </ListPage>
  );
}

function CoachCard({ coach }: { coach: Coach }) {
  return (
    <article className={card["card"]}>
      <div className={card["row"]}>
        <Avatar name={coach.name} picture={coach.picture} size={56} />
        <div>
          <Link href={`/coaches/${coach.id}`} className={card["title"]}>
            {coach.name}
          </Link>
          <p className={card["meta"]}>
            <span>{texts.years(coach.age)}</span>
            {coach.username && <span>@{coach.username}</span>}
          </p>
        </div>
      </div>
    </article>
  );
}
