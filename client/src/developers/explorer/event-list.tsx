import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { SearchIcon } from "../../ui/base/icons";
import type { Operation } from "./document";
import styles from "./explorer.module.css";
import { texts } from "../texts";

interface Props {
  operations: readonly Operation[];
  chosen: string | undefined;
}

/** Kept with an address: the event was chosen in the list. */
export interface Chosen {
  chosen: true;
}

const CHOSEN: Chosen = { chosen: true };

export const pathOf = ({ key }: Operation) => `/developers/events/${key}`;

/** All events, those that clients emit first. */
export function EventList({ operations, chosen }: Props) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found = operations.filter(({ event, summary }) =>
    `${event} ${summary}`.toLowerCase().includes(wanted),
  );
  const groups = [
    { title: texts.youEmit, events: found.filter(({ emits }) => emits) },
    { title: texts.serverEmits, events: found.filter(({ emits }) => !emits) },
  ].filter(({ events }) => events.length > 0);
  return (
    <nav aria-label={texts.events} className={styles["events"]}>
      <TextInput
        type="search"
        aria-label={texts.searchEvents}
        placeholder={texts.searchEvents}
        leftSection={<SearchIcon size={16} />}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className={styles["scroll"]}>
        {groups.map(({ title, events }) => (
          <section key={title} aria-label={title}>
            <h2>
              {title} <small className="dim">{events.length}</small>
            </h2>
            <ul>
              {events.map((operation) => (
                <li key={operation.key}>
                  <Link
                    href={pathOf(operation)}
                    state={CHOSEN}
                    aria-current={operation.key === chosen ? "true" : undefined}
                  >
                    {operation.namespace === "/" ? "" : `${operation.namespace} `}
                    {operation.event}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="dim">{texts.noSuchName}</p>}
      </div>
    </nav>
  );
}
