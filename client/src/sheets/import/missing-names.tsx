import { Button, NativeSelect } from "@mantine/core";
import type { Dispatch } from "react";
import { useMay } from "../../accounts/can";
import { choices, ofCoach, ofMove, ofPlan } from "../../ui/base/select-options";
import { things } from "../../ui/shell/things";
import { order } from "./fields";
import type { Gym, Target } from "./gym";
import type { Action } from "./import-state";
import styles from "./missing-names.module.css";
import { focusPage } from "../../ui/base/focus-page";
import type { Missing } from "./review";
import { texts } from "./texts";

/** As many are looked through one by one; more are made, or corrected in the file. */
const SHOWN = 30;

interface Props {
  missing: readonly Missing[];
  gym: Gym;
  dispatch: Dispatch<Action>;
  /** Called with the sheet that makes them. */
  onMade: (key: string) => void;
}

/** Names that nothing has: they are made, or others are meant. */
export function MissingNames({ missing, ...rest }: Props) {
  const channels = order.filter((channel): channel is Target => channel !== "schedules");
  if (missing.length === 0) return null;
  return (
    <div className={styles["all"]}>
      {channels.map((channel) => {
        const some = missing.filter((each) => each.channel === channel);
        return some.length === 0 ? null : (
          <OfChannel key={channel} channel={channel} missing={some} {...rest} />
        );
      })}
    </div>
  );
}

function OfChannel({ channel, missing, gym, dispatch, onMade }: Props & { channel: Target }) {
  const may = useMay(channel, null);
  const count = things.howMany(channel, missing.length);
  const options = optionsOf(channel, gym);
  const [first] = missing;
  const isOne = missing.length === 1;
  const make = () => {
    dispatch({ type: "make", channel, missing, gym });
    onMade(`made ${channel}`);
  };
  return (
    <section className={styles["missing"]} aria-label={texts.unknownOnes(things.many(channel))}>
      <header className={styles["head"]}>
        <h2>
          {isOne && first
            ? texts.noneCalledYet(things.one(channel), first.name)
            : texts.notHereYet(count)}
        </h2>
        {may && (
          <Button onClick={make}>
            {isOne ? texts.makeThis(things.one(channel)) : texts.makeThese(count)}
          </Button>
        )}
      </header>
      {may && <p>{texts.savedWithRest}</p>}
      <ul className={styles["names"]}>
        {missing.slice(0, SHOWN).map(({ name, count: rows }) => (
          <li key={name}>
            <span>
              <strong>{name}</strong> <span className="dim">{texts.inRows(rows)}</span>
            </span>
            {options.length > 0 && (
              <NativeSelect
                size="xs"
                aria-label={texts.whatIsMeant(name)}
                data={[{ value: "", label: texts.useAnother[channel] }, ...options]}
                value=""
                onChange={(event) => {
                  const id = Number(event.currentTarget.value);
                  if (!(id > 0)) return;
                  focusPage();
                  dispatch({ type: "replace", channel, name, id });
                }}
              />
            )}
          </li>
        ))}
        {missing.length > SHOWN && <li>{texts.andMore(missing.length - SHOWN)}</li>}
      </ul>
    </section>
  );
}

function optionsOf(channel: Target, gym: Gym) {
  switch (channel) {
    case "coaches":
      return sorted(
        choices(
          Array.from(gym.coaches.values(), ({ record }) => record),
          ofCoach,
        ),
      );
    case "workout_plans":
      return sorted(
        choices(
          Array.from(gym.workout_plans.values(), ({ record }) => record),
          ofPlan,
        ),
      );
    case "exercise_moves":
      return sorted(
        choices(
          Array.from(gym.exercise_moves.values(), ({ record }) => record),
          ofMove,
        ),
      );
  }
}

function sorted<T extends { label: string }>(options: readonly T[]): T[] {
  return options.toSorted((one, other) => one.label.localeCompare(other.label));
}
