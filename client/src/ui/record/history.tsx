import { Button } from "@mantine/core";
import { useConnection, useRealtime, useRecord } from "@spotter/realtime";
import type { Actor, Channel } from "@spotter/realtime";
import { useEffect, useState } from "react";
import { useMay } from "../../accounts/can";
import { formatValue } from "../base/format-value";
import { HistoryIcon, UndoIcon } from "../base/icons";
import { ago } from "../base/time";
import { nameOf, nouns } from "../shell/navigation";
import styles from "./history.module.css";
import { undoCommit } from "./undo";

interface Entry {
  seq: number;
  at: string;
  actor: Actor;
  type: "put" | "del";
  changes: Record<string, [unknown, unknown]>;
}

const SHOWN = 20;

/** Who changed what of a record and when, newest first, each with a way back. */
export default function History({ channel, id }: { channel: Channel; id: number }) {
  const realtime = useRealtime();
  const { connection } = realtime;
  const { status } = useConnection();
  const { record, rev } = useRecord(channel, id) ?? {};
  const may = useMay(channel, id);
  const [entries, setEntries] = useState<Entry[] | null>(null);

  useEffect(() => {
    if (status !== "live") return undefined;
    let wanted = true;
    const question = { channel, id, limit: SHOWN };
    void connection.request<Entry[]>("history", question, {}).then((ack) => {
      if (wanted && ack.ok) setEntries(ack.data);
    });
    return () => {
      wanted = false;
    };
    // A new rev means that there is a new entry.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [connection, channel, id, rev, status]);

  const undo = (seq: number) => {
    const label = record === undefined ? `The ${nouns[channel].one}` : nameOf(record);
    void undoCommit(realtime, { channel, label }, seq);
  };

  if (entries === null || entries.length === 0) return null;
  return (
    <section className={styles["history"]} aria-labelledby="history">
      <h2 id="history">
        <HistoryIcon /> History
      </h2>
      <ol>
        {entries.map((entry, at) => (
          <li key={entry.seq}>
            <div>
              <p>
                <strong>{entry.actor ?? "Someone"}</strong> {verb(entry, at === entries.length - 1)}{" "}
                <time dateTime={entry.at} title={new Date(entry.at).toLocaleString()}>
                  {ago(new Date(entry.at).getTime())}
                </time>
              </p>
              <dl>
                {Object.entries(entry.changes)
                  .filter(([field]) => field !== "id")
                  .map(([field, [from, to]]) => (
                    <div key={field}>
                      <dt>{field.replaceAll("_", " ")}</dt>
                      <dd>
                        {formatValue(field, from) !== "" && <del>{formatValue(field, from)}</del>}{" "}
                        <ins>{formatValue(field, to) || "(empty)"}</ins>
                      </dd>
                    </div>
                  ))}
              </dl>
            </div>
            {may && !isBeginning(entry, at === entries.length - 1) && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<UndoIcon size={16} />}
                aria-label={`Undo what ${entry.actor ?? "someone"} did ${ago(new Date(entry.at).getTime())}`}
                onClick={() => undo(entry.seq)}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function verb(entry: Entry, oldest: boolean): string {
  if (entry.type === "del") return "deleted this";
  return isBeginning(entry, oldest) ? "made this" : "changed this";
}

/** To undo this would be to delete the record, and there is a button for that. */
function isBeginning(entry: Entry, oldest: boolean): boolean {
  return (
    oldest &&
    entry.type === "put" &&
    Object.values(entry.changes).every(([from]) => from === null || from === undefined)
  );
}
