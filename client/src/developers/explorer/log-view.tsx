import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import styles from "./explorer.module.css";
import { filtered, MOST } from "./log";
import type { Line } from "./log";
import { Payload } from "./payload";
import { texts } from "../texts";

interface Props {
  log: readonly Line[];
  onClear: () => void;
}

/** What arrives on this page's connection, newest first. */
export function LogView({ log, onClear }: Props) {
  const [held, setHeld] = useState<readonly Line[] | null>(null);
  const [filter, setFilter] = useState("");
  const lines = filtered(held ?? log, filter);
  const newest = held?.[0]?.id ?? 0;
  const since = held === null ? 0 : log.filter(({ id }) => id > newest).length;
  const clear = () => {
    onClear();
    if (held) setHeld([]);
  };
  return (
    <section aria-label={texts.whatArrives} className={styles["log"]}>
      <header>
        <h2>{texts.whatArrives}</h2>
        <TextInput
          aria-label={texts.onlyCalled}
          placeholder={`${texts.onlyCalled} …`}
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <Button variant="default" onClick={() => setHeld(held === null ? log : null)}>
          {held === null ? texts.pause : texts.goOn}
        </Button>
        <Button variant="default" onClick={clear}>
          {texts.clear}
        </Button>
      </header>
      <p className="dim">{held === null ? texts.newestFirst(MOST) : texts.paused(since)}</p>
      <ol>
        {lines.map(({ id, at, namespace, event, payload }) => (
          <li key={id}>
            <time dateTime={at.toISOString()}>{at.toISOString().slice(11, 23)}</time>
            <b>{namespace === "/" ? event : `${namespace} ${event}`}</b>
            <Payload payload={payload} name={event} />
          </li>
        ))}
      </ol>
      {lines.length === 0 && <p className="dim">{texts.nothingSoFar}</p>}
    </section>
  );
}
