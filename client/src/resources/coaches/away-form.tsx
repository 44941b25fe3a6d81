import { TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useMemo, useState } from "react";
import type { Coach, Schedule } from "../../protocol";
import { MOST_AT_ONCE, batchesOf } from "../../ui/record/batch";
import { useExceptions } from "../timetable/use-exceptions";
import { useNow } from "../timetable/use-now";
import { concerned, datesAway, defaultDates, editFor, sayBetween, wrongWith } from "./away";
import type { Concerned } from "./away";
import { AwayClass } from "./away-class";
import styles from "./away.module.css";
import { Candidates } from "./candidates";
import list from "./candidates.module.css";
import { agendaOf, candidatesOn, sayAtOnceOn, sayBusyOn, sayTimesOn } from "./free-on-dates";
import type { DatedCandidate } from "./free-on-dates";
import { HandOverForm } from "./hand-over-form";
import { inList } from "../../ui/base/locale";
import { useHandOver } from "./use-hand-over";
import { texts } from "./texts";

const NONE: readonly never[] = [];

/** Gives what a coach would give between two dates to others: all to one, or a class to somebody else. */
export function AwayForm({ coach, onClose }: { coach: Coach; onClose: () => void }) {
  const classes = useChannel("schedules") ?? NONE;
  const coaches = useChannel("coaches") ?? NONE;
  const exceptions = useExceptions();
  const now = useNow();
  const [between, setBetween] = useState(() => defaultDates(now.date));
  /** The dates that are given or left otherwise than usually. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [toAll, setToAll] = useState<number | null>(null);
  /** Who takes a class that does not go to the one who takes all; nobody is null. */
  const [apart, setApart] = useState<ReadonlyMap<number, number | null>>(new Map());
  const handOver = useHandOver();

  const dates = useMemo(() => datesAway(between), [between]);
  const agenda = useMemo(() => agendaOf(dates, classes, exceptions), [dates, classes, exceptions]);
  const found = useMemo(
    () => concerned(coach.id, dates, classes, exceptions, now),
    [coach.id, dates, classes, exceptions, now],
  );
  const isGiven = (each: Concerned) => !each.stays && each.usually !== turned.has(each.key);
  const freeAt = (wanted: readonly Concerned[]) => candidatesOn(coaches, coach.id, wanted, agenda);
  const rows = found.map((each) => {
    const given = each.dates.filter(isGiven);
    const own = apart.get(each.slot.id);
    return { ...each, given, own, to: own === undefined ? toAll : own };
  });
  const others = rows.filter(({ own }) => own === undefined);
  const wanted = (others.length > 0 ? others : rows).flatMap(({ given }) => given);
  const all = freeAt(wanted);

  const takers = coaches.flatMap((taker) => {
    const given = rows.filter(({ to }) => to === taker.id).flatMap((row) => row.given);
    const edits = given.flatMap((each) => editFor(each, taker) ?? []);
    return edits.length > 0 ? [{ taker, given, edits }] : [];
  });
  const edits = takers.flatMap((each) => each.edits);
  const batches = batchesOf(edits.length);
  const wrong = wrongWith(between);

  const missing = () => {
    if (dates.length === 0) return texts.chooseDates;
    if (rows.length === 0) return texts.givesNone(coach.name);
    return rows.some(({ given }) => given.length > 0) ? texts.chooseCoach : texts.chooseClass;
  };
  const give = () => {
    if (edits.length === 0) return;
    const busy = takers.map(({ taker, given }) =>
      sayAlso(freeAt(given).find((each) => each.coach.id === taker.id)),
    );
    const who = takers.map((each) => texts.takes(each.taker.name, each.edits.length));
    const text = [
      texts.takesOf(inList(who), coach.name, sayBetween(between)),
      ...busy,
      batches > 1 && texts.inParts(batches),
    ];
    void handOver({ from: coach, edits, text: text.filter(Boolean).join(" ") });
    onClose();
  };

  const [only] = takers;
  return (
    <HandOverForm
      label={
        only === undefined
          ? texts.give
          : takers.length === 1
            ? texts.giveTo(edits.length, only.taker.name)
            : texts.giveSome(edits.length)
      }
      why={edits.length > 0 ? null : missing()}
      onGive={give}
      onCancel={onClose}
    >
      <Candidates
        legend={others.length < rows.length ? texts.toWhomOthers : texts.toWhom}
        found={all.map((each) => ({
          coach: each.coach,
          said: rows.length > 0 ? sayTimesOn(each) : null,
        }))}
        chosen={toAll}
        onChoose={setToAll}
        atOnce={sayAtOnceOn(wanted, agenda)}
        scrolls
      />
      <div className={styles["between"]}>
        {(["from", "to"] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={texts[end]}
            value={between[end]}
            error={wrong[end]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setBetween((known) => ({ ...known, [end]: value }));
            }}
          />
        ))}
      </div>
      {dates.length > 0 && (
        <fieldset className={list["group"]}>
          <legend>{texts.whichClasses}</legend>
          {rows.length === 0 && <p className="dim">{texts.givesNone(coach.name)}</p>}
          {rows.map(({ slot, dates: on, given, own }) => (
            <AwayClass
              key={slot.id}
              slot={slot}
              dates={on}
              isGiven={isGiven}
              found={freeAt(given)}
              own={own}
              toAll={coaches.find(({ id }) => id === toAll)}
              onTurn={(key) => setTurned((known) => toggled(known, key))}
              onChoose={(to) => setApart((known) => chosen(known, slot, to))}
            />
          ))}
        </fieldset>
      )}
      {batches > 1 && (
        <p aria-live="polite">{texts.manyDates(edits.length, batches, MOST_AT_ONCE)}</p>
      )}
    </HandOverForm>
  );
}

function toggled(known: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(key)) next.add(key);
  return next;
}

function chosen(
  known: ReadonlyMap<number, number | null>,
  { id }: Schedule,
  to: number | null | undefined,
): ReadonlyMap<number, number | null> {
  const next = new Map(known);
  if (to === undefined) next.delete(id);
  else next.set(id, to);
  return next;
}

function sayAlso(taker: DatedCandidate | undefined): string {
  const busy = taker ? sayBusyOn(taker) : "";
  return busy && texts.also(taker?.coach.name ?? "", busy);
}
