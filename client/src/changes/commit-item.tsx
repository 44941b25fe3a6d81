import { Button } from "@mantine/core";
import { useRealtime, useRecord, useSession } from "@spotter/realtime/react";
import type { Channel, HistoryEntry } from "@spotter/realtime";
import { useId } from "react";
import { Link } from "wouter";
import { may } from "../accounts/can";
import { ChangedValue } from "../ui/base/changed-value";
import { formatChange } from "../ui/base/format-value";
import { UndoIcon } from "../ui/base/icons";
import { isOfTheServer, useAuthor } from "../ui/base/people";
import { fullMoment, timeOfDay } from "../ui/base/time";
import { undoCommit } from "../ui/record/undo";
import { UndoneBy } from "../ui/record/undone-by";
import { labelOf } from "../ui/shell/labels";
import { recordPath } from "../ui/shell/navigation";
import { capital } from "../ui/base/locale";
import { things } from "../ui/shell/things";
import { fieldName } from "../ui/base/field-names";
import styles from "./changes.module.css";
import { sentenceOf, verbOf } from "./commits";
import type { Commit } from "./commits";
import { texts } from "./texts";

/** Of a commit of many records the first so many are listed. */
const LISTED = 8;

interface Props {
  commit: Commit;
  /** What took it back, if something did. */
  undo: HistoryEntry | undefined;
  /** Nothing of what it made or changed is there any more. */
  isOfGone: boolean;
}

/** What was done at once, what it changed, and the way back. */
export function CommitItem({ commit, undo, isOfGone }: Props) {
  const { seq, at, entries } = commit;
  const [first] = entries;
  const realtime = useRealtime();
  const session = useSession();
  const who = useAuthor()(commit);
  const title = useId();
  const { before, name, after } = sentenceOf(commit, who ?? "");
  // Nobody can take back what the server did by itself.
  const mayUndo =
    !isOfTheServer(commit) &&
    entries.every(({ channel, id }) => may(session, channel as Channel, id ?? null));
  const restores = entries.every((entry) => verbOf(entry) === "deleted");
  const takeBack = () => {
    if (first === undefined) return;
    const changed = { channel: first.channel as Channel, label: capital(labelOf(first)) };
    void undoCommit(realtime, changed, seq);
  };

  return (
    <li aria-labelledby={title}>
      <div>
        <p id={title}>
          <time dateTime={new Date(at).toISOString()} title={fullMoment(at)}>
            {timeOfDay(at)}
          </time>{" "}
          {who !== null && <strong>{who}</strong>} {before}
          {name !== "" && first && <Name entry={first}>{name}</Name>}
          {after}
        </p>
        {!isOfTheServer(commit) && (name === "" || changesOf(first).length > 0) && (
          <ul>
            {entries.slice(0, LISTED).map((entry) => (
              <li key={`${entry.channel} ${entry.id}`}>
                {name === "" && <Name entry={entry}>{ofItsKind(entry)}</Name>}
                <Changes entry={entry} />
              </li>
            ))}
            {entries.length > LISTED && <li>{texts.andMore(entries.length - LISTED)}</li>}
          </ul>
        )}
      </div>
      <UndoneBy undo={undo} />
      {isOfGone && !undo && !isOfTheServer(commit) && (
        <span className="dim">{texts.deletedSince}</span>
      )}
      {mayUndo && !undo && !isOfGone && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<UndoIcon size={16} />}
          aria-describedby={title}
          onClick={takeBack}
        >
          {restores ? texts.restore : texts.undo}
        </Button>
      )}
    </li>
  );
}

interface EntryProps {
  entry: HistoryEntry;
}

/** What a record is called, which leads to it as long as it is there. */
function Name({ entry, children }: EntryProps & { children: string }) {
  const channel = entry.channel as Channel;
  const { record } = useRecord(channel, entry.id) ?? {};
  return (
    <span className={styles["name"]}>
      {record === undefined ? (
        children
      ) : (
        <Link href={recordPath(channel, record.id)}>{children}</Link>
      )}
    </span>
  );
}

function Changes({ entry }: EntryProps) {
  return (
    <dl>
      {changesOf(entry).map(([field, from, to]) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd>
            <ChangedValue from={from} to={entry.type === "put" ? to : null} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ofItsKind(entry: HistoryEntry): string {
  return labelOf(entry) || `${capital(things.one(entry.channel as Channel))} ${entry.id}`;
}

/** Each field with what it was and is. What a record was made of is on its page; of one that is gone it is here. */
function changesOf(entry: HistoryEntry | undefined): [string, string, string][] {
  if (entry === undefined || verbOf(entry) === "made") return [];
  return (
    Object.entries(entry.changes)
      .filter(([field]) => field !== "id")
      .map(([field, [from, to]]): [string, string, string] => [
        field,
        ...formatChange(field, from, to),
      ])
      // Of what is gone, what it had besides its name.
      .filter(([, from]) => entry.type === "put" || (from !== "" && from !== entry.label))
  );
}
