import { Button } from "@mantine/core";
import { useHistory, useRealtime, useRecord } from "@spotter/realtime/react";
import type { Channel, HistoryEntry } from "@spotter/realtime";
import { useMay } from "../../accounts/can";
import { ChangedValue } from "../base/changed-value";
import { formatChange } from "../base/format-value";
import { HistoryIcon, UndoIcon } from "../base/icons";
import { useAuthor } from "../base/people";
import { fieldName } from "../base/field-names";
import { ago, fullMoment } from "../base/time";
import { nameOf } from "../shell/navigation";
import { things } from "../shell/things";
import styles from "./history.module.css";
import { undoCommit } from "./undo";
import { UndoneBy } from "./undone-by";
import { undosOf } from "./undone";
import { texts } from "./texts";

const SHOWN = 20;

/** Who changed what of a record and when, newest first, each with a way back. */
export default function History({ channel, id }: { channel: Channel; id: number }) {
  const realtime = useRealtime();
  const { record } = useRecord(channel, id) ?? {};
  const { entries } = useHistory({ channel, id, limit: SHOWN });
  const may = useMay(channel, id);
  const author = useAuthor();

  const undo = (seq: number) => {
    const label = record === undefined ? things.subject(channel) : nameOf(record);
    void undoCommit(realtime, { channel, label }, seq);
  };

  if (entries === undefined || entries.length === 0) return null;
  const undos = undosOf(entries);
  return (
    <section className={styles["history"]} aria-labelledby="history">
      <h2 id="history">
        <HistoryIcon /> {texts.history}
      </h2>
      <ol>
        {entries.map((entry, at) => (
          <li key={entry.seq}>
            <div>
              <p>
                <Done who={author(entry)} verb={verb(entry, at === entries.length - 1)} />{" "}
                <time dateTime={new Date(entry.at).toISOString()} title={fullMoment(entry.at)}>
                  {ago(entry.at)}
                </time>
              </p>
              <dl>
                {Object.entries(entry.changes)
                  .filter(([field]) => field !== "id")
                  .map(([field, [before, after]]) => [field, ...formatChange(field, before, after)])
                  .map(([field = "", from = "", to = ""]) => (
                    <div key={field}>
                      <dt>{fieldName(field)}</dt>
                      <dd>
                        <ChangedValue from={from} to={to} />
                      </dd>
                    </div>
                  ))}
              </dl>
            </div>
            <UndoneBy undo={undos.get(entry.seq)} />
            {may && !undos.has(entry.seq) && !isBeginning(entry, at === entries.length - 1) && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<UndoIcon size={16} />}
                aria-label={texts.undoWhat(author(entry), ago(entry.at))}
                onClick={() => undo(entry.seq)}
              >
                {texts.undo}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface DoneProps {
  who: string | null;
  verb: ReturnType<typeof verb>;
}

function Done({ who, verb: did }: DoneProps) {
  if (who === null) return <strong>{texts.wasDone[did]}</strong>;
  return (
    <>
      <strong>{who}</strong> {texts.did(did, who)}
    </>
  );
}

function verb(entry: HistoryEntry, oldest: boolean): "made" | "changed" | "deleted" {
  if (entry.type === "del") return "deleted";
  return isBeginning(entry, oldest) ? "made" : "changed";
}

/** To undo this would be to delete the record, and there is a button for that. */
function isBeginning(entry: HistoryEntry, oldest: boolean): boolean {
  return (
    oldest &&
    entry.type === "put" &&
    Object.values(entry.changes).every(([from]) => from === null || from === undefined)
  );
}
