import { Link } from "wouter";
import type { Coach } from "../../protocol";
import { Avatar } from "../../ui/base/avatar";
import card from "../../ui/list/card.module.css";
import { ListPage } from "../../ui/list/list-page";
import { RecordList } from "../../ui/list/record-list";

const sorts = {
  name: { label: "By name", compare: (a: Coach, b: Coach) => a.name.localeCompare(b.name) },
  newest: { label: "Newest first", compare: (a: Coach, b: Coach) => b.id - a.id },
  age: { label: "By age", compare: (a: Coach, b: Coach) => a.age - b.age },
};

const searchText = (coach: Coach) => `${coach.name} ${coach.username}`;

export default function CoachesPage() {
  return (
    <ListPage channel="coaches" title="Coaches" add="New coach">
      <RecordList
        channel="coaches"
        sorts={sorts}
        searchText={searchText}
        hint="Add the first one: a class needs a coach."
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
            <span>{coach.age} years</span>
            {coach.username && <span>@{coach.username}</span>}
          </p>
        </div>
      </div>
    </article>
  );
}
