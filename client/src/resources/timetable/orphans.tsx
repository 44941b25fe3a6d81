import { Button } from "@mantine/core";
import { writesOf } from "@spotter/realtime";
import { useChannel, useOps } from "@spotter/realtime/react";
import { useMay } from "../../accounts/can";
import { sayDate, sayDay, sayFullDate } from "../../ui/base/dates";
import { TrashIcon, WarningIcon } from "../../ui/base/icons";
import { orphansOf, sayDifferent } from "./exceptions";
import type { Orphan } from "./exceptions";
import styles from "./orphans.module.css";
import { useTakeBack } from "./use-take-back";
import { texts } from "./texts";

/** So many records go into one request. */
const MOST = 500;

/** What is left from classes that are on another day by now, and a way to delete it. */
export function Orphans() {
  const may = useMay("exceptions", null);
  const exceptions = useChannel("exceptions");
  const classes = useChannel("schedules");
  const ops = useOps();
  const takeBack = useTakeBack();
  if (!may || !exceptions || !classes) return null;
  // A class that is deleted takes its exceptions along.
  const leaving = new Set(
    ops
      .flatMap(writesOf)
      .filter(({ channel, kind }) => channel === "schedules" && kind === "delete")
      .map(({ id }) => id),
  );
  const orphans = orphansOf(exceptions, classes)
    .filter(({ exception }) => exception.id > 0 && !leaving.has(exception.schedule?.id ?? 0))
    .slice(0, MOST);
  if (orphans.length === 0) return null;
  const count = texts.orphans(orphans.length);

  return (
    <section className={styles["orphans"]} aria-label={texts.orphansTitle}>
      <details>
        <summary>
          <WarningIcon size={18} /> {sayFit(orphans)}
        </summary>
        <ul>
          {orphans.map((orphan) => (
            <li key={orphan.exception.id}>{sayOrphan(orphan)}</li>
          ))}
        </ul>
      </details>
      <Button
        variant="default"
        leftSection={<TrashIcon size={18} />}
        onClick={() =>
          takeBack(
            orphans.map(({ exception }) => exception),
            { text: texts.orphansDeleted(count), label: count },
          )
        }
      >
        {texts.deleteThem(orphans.length)}
      </Button>
    </section>
  );
}

function sayFit(orphans: readonly Orphan[]): string {
  const fit = texts.orphansFit(orphans.length);
  const [one, ...more] = orphans;
  if (one === undefined || one.now === null || more.length > 0) return fit;
  return texts.orphanIs(fit, one.now.workout_plan.name, sayDate(one.exception.date));
}

/** What is different comes last: a note can be a sentence of its own. */
function sayOrphan({ exception, now }: Orphan): string {
  const date = sayFullDate(exception.date);
  const what = sayDifferent(exception);
  return now === null
    ? texts.classGone(date, what)
    : texts.classMoved(now.workout_plan.name, sayDay(now.day), date, what);
}
