import { Button } from "@mantine/core";
import { useRealtime, useRecord, useSession } from "@spotter/realtime/react";
import type { Channel, HistoryEntry } from "@spotter/realtime";
import { useId } from "react";
import { Link } from "wouter";
import { may } from "../accounts/can";
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
  const realtime = useRealtime();
  const session = useSession();
  const who = useAuthor()(commit);
  const title = useId();
  // Nobody can take back what the server did by itself.
  const mayUndo =
    !isOfTheServer(commit) &&
    entries.every(({ channel, id }) => may(session, channel as Channel, id ?? null));
  const restores = entries.every((entry) => verbOf(entry) === "deleted");
  const takeBack = () => {
    const [first] = entries;
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
          {who !== null && <strong>{who}</strong>} {sentenceOf(commit, who ?? "")}
        </p>
        {!isOfTheServer(commit) && (
          <ul>
            {entries.slice(0, LISTED).map((entry) => (
              <Entry
                key={`${entry.channel} ${entry.id}`}
                entry={entry}
                alone={entries.length === 1}
              />
            ))}
            {entries.length > LISTED && <li>{texts.andMore(entries.length - LISTED)}</li>}
          </ul>
        )}
      </div>
      <UndoneBy undo={undo} />
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
  /** The sentence names the record already. */
  alone: boolean;
}

/** What was changed of a record, and the way to it. */
function Entry({ entry, alone }: EntryProps) {
  const channel = entry.channel as Channel;
  const { record } = useRecord(channel, entry.id) ?? {};
  const verb = verbOf(entry);
  // What a record was made of is on its page; of one that is gone it is here.
  const changes =
    verb === "made" ? [] : Object.entries(entry.changes).filter(([field]) => field !== "id");
  const name = labelOf(entry) || `${capital(things.one(channel))} ${entry.id}`;
  return (
    <li>
      {(!alone || record !== undefined) && (
        <span className={styles["name"]}>
          {record === undefined ? name : <Link href={recordPath(channel, record.id)}>{name}</Link>}
        </span>
      )}
      <dl>
        {changes
          .map(([field, [from, to]]) => [field, ...formatChange(field, from, to)])
          // Of what is gone, what it had.
          .filter(([, from]) => entry.type === "put" || from !== "")
          .map(([field = "", from, to]) => (
            <div key={field}>
              <dt>{fieldName(field)}</dt>
              <dd>
                {from !== "" && <del>{from}</del>}{" "}
                {entry.type === "put" && <ins>{to || texts.empty}</ins>}
              </dd>
            </div>
          ))}
      </dl>
    </li>
  );
}
