import { Button } from "@mantine/core";
import { writesOf } from "@spotter/realtime";
import { useChannel, useOps } from "@spotter/realtime/react";
import { useMay } from "../../accounts/can";
import { sayDay, sayFullDate } from "../../ui/base/dates";
import { TrashIcon, WarningIcon } from "../../ui/base/icons";
import { orphansOf, sayDifferent } from "./exceptions";
import type { Orphan } from "./exceptions";
import styles from "./orphans.module.css";
import { OverLink } from "./over-link";
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
  const [only, ...others] = orphans;
  const count = texts.orphans(orphans.length);

  return (
    <section className={styles["orphans"]} aria-label={texts.orphansTitle}>
      {only && others.length === 0 ? (
        <p>
          <WarningIcon size={18} /> <LeftOver orphan={only} />
        </p>
      ) : (
        <details>
          <summary>
            <WarningIcon size={18} /> {texts.orphansLeft(orphans.length)}
          </summary>
          <ul>
            {orphans.map((orphan) => (
              <li key={orphan.exception.id}>
                <LeftOver orphan={orphan} />
              </li>
            ))}
          </ul>
        </details>
      )}
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

/** What is different comes last: a note can be a sentence of its own. */
function LeftOver({ orphan: { exception, now } }: { orphan: Orphan }) {
  const date = sayFullDate(exception.date);
  const what = sayDifferent(exception);
  if (now === null) return texts.classGone(date, what);
  return (
    <>
      {texts.classMoved(now.workout_plan.name, sayDay(now.day), date, what)}{" "}
      <OverLink href={`/classes/${now.id}`}>{texts.seeClass}</OverLink>
    </>
  );
}
