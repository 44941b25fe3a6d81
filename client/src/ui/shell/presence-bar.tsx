import { usePresence, useRealtime } from "@spotter/realtime/react";
import { useMemo, useState } from "react";
import { Avatar } from "../base/avatar";
import { PeopleIcon } from "../base/icons";
import { inList } from "../base/locale";
import { gather, inWords, nameOfPerson } from "../base/people";
import { lazyDialog } from "./lazy-parts";
import hidden from "../base/hidden.module.css";
import styles from "./presence-bar.module.css";
import { texts } from "./texts";

const PresenceList = lazyDialog(
  () => texts.presenceList,
  () => import("./presence-list"),
  {
    early: true,
  },
);

const FACES = 3;

/** Who is here, in one line. Opens the whole list. Its place is kept while nobody is known. */
export function PresenceBar() {
  const { presence } = useRealtime();
  const users = usePresence();
  const people = useMemo(() => gather(users, presence.isOwn), [users, presence]);
  const [opened, setOpened] = useState(false);
  if (people.length === 0) return <div className={styles["place"]} />;
  return (
    <div className={styles["place"]}>
      <button
        type="button"
        className={styles["here"]}
        aria-haspopup="dialog"
        title={inList(
          people.map(({ own, name }) =>
            own ? texts.nameAndYou(nameOfPerson(name)) : nameOfPerson(name),
          ),
        )}
        onClick={() => setOpened(true)}
      >
        <span className={hidden["hidden"]}>{texts.here} </span>
        <span className={styles["faces"]} aria-hidden="true">
          {people.slice(0, FACES).map(({ sid, own, name }) => (
            <span key={sid} data-own={own || undefined}>
              <Avatar name={name} size={24} />
            </span>
          ))}
        </span>
        <span className={styles["words"]}>{inWords(people)}</span>
        <span className={styles["count"]} aria-hidden="true">
          <PeopleIcon size={18} /> {people.length}
        </span>
      </button>
      {opened && <PresenceList people={people} onClose={() => setOpened(false)} />}
    </div>
  );
}
