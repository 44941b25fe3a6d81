import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { whyNot } from "../../ui/base/why-not";
import { things } from "../../ui/shell/things";
import { patiently } from "./requests";
import styles from "./outcome.module.css";
import type { Import } from "./use-import";
import { numbered } from "../../ui/base/locale";
import { countsOf, rows } from "./write-bar";
import type { Ending, Written } from "./writing";
import { texts } from "./texts";

/** What was written, batch by batch, each of which can be taken back. */
export function Outcome({ all }: { all: Import }) {
  const { batches, server, dispatch, writing, isUndone } = all;
  const [undoing, setUndoing] = useState<number | null>(null);
  const [problem, setProblem] = useState("");
  const { ending } = writing;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (ending !== null) title.current?.focus();
  }, [ending]);
  if (batches.length === 0 && ending === null) return null;
  const { wrong } = countsOf(Array.from(all.drafts.values()).flat());

  /** From the last one on: what came later may need what came first. */
  const undo = async (some: readonly Written[]) => {
    setProblem("");
    for (const { seq } of some.toReversed()) {
      setUndoing(seq);
      const ack = await patiently(() => server.undo(seq), new AbortController().signal);
      if (!ack?.ok) {
        setProblem(ack ? whyNot(ack) : "");
        break;
      }
      dispatch({ type: "undone", seq });
    }
    setUndoing(null);
  };

  return (
    <section aria-label={texts.whatWasWritten} className={styles["outcome"]}>
      <header className={styles["head"]}>
        <h2 ref={title} tabIndex={-1}>
          {titleOf(all, wrong)}
        </h2>
        {batches.length > 1 && (
          <Button
            variant="default"
            disabled={undoing !== null || writing.progress !== null}
            onClick={() => void undo(batches)}
          >
            {texts.undoAll}
          </Button>
        )}
      </header>
      {ending && writing.progress === null && !isUndone && (
        <output>
          {sayEnding(ending)}
          {wrong > 0 && ` ${texts.wrongNotWritten(wrong)}`}
        </output>
      )}
      {isUndone && <p>{texts.asBefore}</p>}
      {problem !== "" && (
        <p role="alert" className={styles["problem"]}>
          {texts.notUndone(problem)}
        </p>
      )}
      <ol className={styles["batches"]}>
        {batches.map((batch) => (
          <li key={batch.seq}>
            <span>{sayBatch(batch)}</span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={texts.undoBatch(sayBatch(batch))}
              loading={undoing === batch.seq}
              disabled={undoing !== null || writing.progress !== null}
              onClick={() => void undo([batch])}
            >
              {texts.undo}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf({ batches, isUndone, writing: { ending } }: Import, wrong: number): string {
  if (isUndone) return texts.undone;
  if (batches.length === 0) return texts.nothingWritten;
  const isAll = wrong === 0 && (ending === null || ending.done === ending.all);
  return isAll ? texts.written : texts.partlyWritten;
}

/** "classes.csv, rows 2 to 31: 30 new classes". */
export function sayBatch({ name, rows: drafts }: Written): string {
  const [first] = drafts;
  const last = drafts.at(-1);
  if (!first || !last) return name;
  const made = drafts.filter(({ status }) => status === "new").length;
  const changed = drafts.length - made;
  const where = first === last ? texts.row(first.line) : texts.rowsTo(first.line, last.line);
  const what = [
    made > 0 && texts.madeOf(things.howMany(first.channel, made)),
    changed > 0 && texts.changedOf(things.howMany(first.channel, changed)),
  ].filter(Boolean);
  return `${name}, ${where}: ${what.join(", ")}`;
}

function sayEnding(ending: Ending & { done: number; all: number }): string {
  const { done, all } = ending;
  if (ending.kind === "done" && done === all) {
    return all === 1 ? texts.oneWritten : texts.allWritten(rows(all));
  }
  const so = texts.someWritten(numbered(done), rows(all));
  if (ending.kind === "cancelled") return texts.cancelled(so);
  if (ending.kind === "stopped") return texts.stopped(so, ending.why);
  return texts.othersRefused(so);
}
