import { Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Coach, Schedule } from "../../protocol";
import { sayDate } from "../../ui/base/dates";
import { choices, ofCoach } from "../../ui/base/select-options";
import { sayTime } from "../../ui/shell/labels";
import type { Concerned } from "./away";
import styles from "./away.module.css";
import { sayBusyOn, sayTimesOn } from "./free-on-dates";
import type { DatedCandidate } from "./free-on-dates";
import { texts } from "./texts";

interface Props {
  slot: Schedule;
  dates: readonly Concerned[];
  isGiven: (each: Concerned) => boolean;
  /** Who could give it on the dates that are given. */
  found: readonly DatedCandidate[];
  /** Who takes this class; nobody if null, whoever takes all if undefined. */
  own: number | null | undefined;
  toAll: Coach | undefined;
  onTurn: (key: string) => void;
  onChoose: (to: number | null | undefined) => void;
}

const NOBODY = "nobody";
/** So many dates are shown at once. */
const SHOWN = 8;

/** A class of who is away: on which dates it is given to another, and to whom if not to who takes all. */
export function AwayClass({ slot, dates, isGiven, found, own, toAll, onTurn, onChoose }: Props) {
  const title = `${sayTime(slot.day, slot.hour)} ${slot.workout_plan.name}`;
  const giver = own === undefined ? toAll?.id : own;
  const taker = found.find(({ coach }) => coach.id === giver);
  const busy = taker ? sayBusyOn(taker) : "";
  return (
    <fieldset className={styles["class"]}>
      <legend>{title}</legend>
      <Dates dates={dates} isGiven={isGiven} onTurn={onTurn} />
      {dates.some(isGiven) && (
        <NativeSelect
          label={texts.givenBy}
          aria-label={texts.whoGives(title)}
          value={own === undefined ? "" : (own ?? NOBODY)}
          data={[
            { value: "", label: toAll ? texts.asAbove(toAll.name) : texts.whoIsAbove },
            { value: NOBODY, label: texts.nobodyElse },
            ...groups(found),
          ]}
          description={busy && `${taker?.coach.name} ${busy}`}
          inputWrapperOrder={["label", "input", "description"]}
          onChange={({ currentTarget: { value } }) =>
            onChoose(value === "" ? undefined : value === NOBODY ? null : Number(value))
          }
        />
      )}
    </fieldset>
  );
}

function groups(found: readonly DatedCandidate[]) {
  const labels = new Map(
    choices(
      found.map(({ coach }) => coach),
      ofCoach,
    ).map(({ value, label }) => [Number(value), label]),
  );
  const free = found.filter(({ busy }) => busy.length === 0);
  const busy = found.filter((each) => each.busy.length > 0);
  const option = (each: DatedCandidate) => {
    const what = sayTimesOn(each);
    const name = labels.get(each.coach.id) ?? each.coach.name;
    return { value: String(each.coach.id), label: what ? `${name} ${what}` : name };
  };
  return [
    { group: texts.freeThen, items: free.map(option) },
    { group: texts.busyThen, items: busy.map(option) },
  ].filter(({ items }) => items.length > 0);
}

function Dates({ dates, isGiven, onTurn }: Pick<Props, "dates" | "isGiven" | "onTurn">) {
  const [open, setOpen] = useState(false);
  const boxes = dates.map((each) => (
    <Checkbox
      key={each.key}
      label={sayDate(each.date)}
      description={each.note}
      disabled={each.stays}
      checked={isGiven(each)}
      onChange={() => onTurn(each.key)}
    />
  ));
  if (dates.length <= SHOWN) return boxes;
  const count = dates.filter(isGiven).length;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.someDates(count, dates.length)}</summary>
      {open && <div className={styles["dates"]}>{boxes}</div>}
    </details>
  );
}
