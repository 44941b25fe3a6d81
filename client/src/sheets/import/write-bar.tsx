import { numbered } from "../../ui/base/locale";
import { Button } from "@mantine/core";
import { WarningIcon } from "../../ui/base/icons";
import { useId } from "react";
import { isWarned } from "./draft";
import type { Draft, Status } from "./draft";
import type { Import } from "./use-import";
import styles from "./write-bar.module.css";
import { texts } from "./texts";

/** What would be written, and the button that does it; then how far it is. */
export function WriteBar({ all }: { all: Import }) {
  const why = useId();
  const { sheets, drafts, ready, unchecked, refused, isLive, writing, missing } = all;
  const { progress, start, cancel } = writing;
  if (progress !== null) {
    const { done, all: total } = progress;
    return (
      <section aria-label={texts.writing} className={styles["bar"]}>
        <label className={styles["progress"]}>
          <span>{texts.someWritten(numbered(done), rows(total))}</span>
          <progress value={done} max={total} />
        </label>
        <Button variant="default" onClick={cancel}>
          {texts.cancel}
        </Button>
      </section>
    );
  }
  const every = Array.from(drafts.values()).flat();
  const counts = countsOf(every);
  const warned = every.filter(isWarned).length;
  const wrong = counts.wrong;
  const said = ["new", "changed", "unchanged", "wrong", "out", "written"] as const;
  const trouble = isLive ? all.trouble : texts.willBeChecked;
  const checking = unchecked > 0 && trouble === null;
  const isBlocked = checking || trouble !== null || ready === 0;
  return (
    <>
      {!checking && wrong > 0 && (
        <p className={styles["hint"]}>{texts.howWrongAreSaved(wrong, missing.length > 0)}</p>
      )}
      <section
        aria-label={texts.write}
        className={styles["bar"]}
        data-idle={(ready === 0 && !checking && trouble === null) || undefined}
      >
        <div id={why}>
          <output className={styles["counts"]}>
            {checking
              ? texts.checking(numbered(unchecked))
              : texts.inTables(
                  sheets.length,
                  said
                    .filter((status) => counts[status] > 0)
                    .map((status) => {
                      const count = texts.counts(numbered(counts[status]), texts.status[status]);
                      return status === "wrong" ? texts.notSaved(count) : count;
                    })
                    .join(", "),
                )}
          </output>
          {!checking && warned > 0 && (
            <p className={styles["warned"]}>
              <WarningIcon size={16} /> {texts.haveWarnings(warned)}
            </p>
          )}
          {trouble !== null && (
            <p role="alert" className={styles["trouble"]}>
              {texts.cannotCheck(trouble)}
            </p>
          )}
        </div>
        <div className={styles["buttons"]}>
          {isLive && !checking && (refused > 0 || trouble !== null) && (
            <Button variant="default" onClick={all.checkAgain}>
              {texts.checkAgain}
            </Button>
          )}
          {/* Not `disabled`: each correction is checked, and the focus may be here by then. */}
          <Button
            aria-describedby={why}
            {...(isBlocked && { "aria-disabled": true, "data-disabled": true })}
            onClick={() => {
              if (!isBlocked) start();
            }}
          >
            {ready === 0
              ? texts.nothingToWrite
              : all.isUndone && ready === writing.ending?.done
                ? texts.writeAgain(rows(ready))
                : texts.writeRows(rows(ready))}
          </Button>
        </div>
      </section>
    </>
  );
}

export function rows(count: number): string {
  return texts.rows(count);
}

/** How many rows there are of each status. */
export function countsOf(drafts: readonly Draft[]): Record<Status, number> {
  const counts = { new: 0, changed: 0, unchanged: 0, wrong: 0, out: 0, written: 0 };
  for (const { status } of drafts) counts[status] += 1;
  return counts;
}
