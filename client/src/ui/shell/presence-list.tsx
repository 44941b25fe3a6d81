import { Drawer } from "@mantine/core";
import { useRecord } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { Link } from "wouter";
import { Avatar } from "../base/avatar";
import { nameOfPerson } from "../base/people";
import type { Person } from "../base/people";
import { timeOfDay } from "../base/time";
import { sayTime } from "./labels";
import { nameOf, recordPath } from "./navigation";
import { things } from "./things";
import { protocol } from "../../served";
import styles from "./presence-list.module.css";
import { texts } from "./texts";

/** The server names no more than these. */
const MOST = 100;

/** Everybody who is here, with what they edit. */
export default function PresenceList(props: { people: readonly Person[]; onClose: () => void }) {
  const { people, onClose } = props;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={texts.presence}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <ul className={styles["people"]}>
        {people.map(({ sid, name, own, since, editing }) => (
          <li key={sid}>
            <Avatar name={name} />
            <div>
              <p className={styles["name"]}>
                {nameOfPerson(name)} {own && <span className={styles["you"]}>{texts.you}</span>}
              </p>
              <p className="dim">
                {editing && editing.channel in protocol.singular ? (
                  <Edited {...editing} onFollow={onClose} />
                ) : (
                  texts.hereSince(timeOfDay(since))
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {people.length >= MOST && <p className="dim">{texts.mayBeMore}</p>}
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
  if (!record) return things.edits(channel);
  return (
    <>
      {things.editsThe(channel)}{" "}
      <Link href={recordPath(channel, id)} onClick={onFollow}>
        {nameOf(record)}
        {"day" in record && `, ${sayTime(String(record["day"]), String(record["hour"]))}`}
      </Link>
    </>
  );
}
