import { Drawer } from "@mantine/core";
import { useRecord } from "@spotter/realtime";
import type { Channel } from "@spotter/realtime";
import { Link } from "wouter";
import { Avatar } from "../base/avatar";
import type { Person } from "../base/people";
import { timeOfDay } from "../base/time";
import { nameOf, nouns, recordPath } from "./navigation";
import styles from "./presence-list.module.css";

/** The server names no more than these. */
const MOST = 100;

/** Everybody who is here, with what they edit. */
export default function PresenceList(props: { people: readonly Person[]; onClose: () => void }) {
  const { people, onClose } = props;
  return (
    <Drawer
      opened
      onClose={onClose}
      title="Who is here"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: styles["title"] ?? "" }}
    >
      <ul className={styles["people"]}>
        {people.map(({ sid, name, own, since, editing }) => (
          <li key={sid}>
            <Avatar name={name} />
            <div>
              <p className={styles["name"]}>
                {name} {own && <span className={styles["you"]}>You</span>}
              </p>
              <p className="dim">
                {editing && editing.channel in nouns ? (
                  <Edited {...editing} onFollow={onClose} />
                ) : (
                  `Here since ${timeOfDay(since)}`
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {people.length >= MOST && <p className="dim">There may be more.</p>}
    </Drawer>
  );
}

interface EditedProps {
  channel: Channel;
  id: number;
  onFollow: () => void;
}

function Edited({ channel, id, onFollow }: EditedProps) {
  const record = useRecord(channel, id)?.record;
  const { one } = nouns[channel];
  if (!record) return `Edits a ${one}`;
  return (
    <>
      Edits the {one}{" "}
      <Link href={recordPath(channel, id)} onClick={onFollow}>
        {nameOf(record)}
      </Link>
    </>
  );
}
