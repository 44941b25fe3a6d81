import { Button } from "@mantine/core";
import { useChannel, useSession } from "@spotter/realtime/react";
import { useMemo } from "react";
import { useLocation, useSearchParams } from "wouter";
import { Empty } from "../../ui/base/empty";
import { choices, ofCoach, ofPlan } from "../../ui/base/select-options";
import { FilterSelect } from "../../ui/list/filter-select";
import { useQuery } from "../../ui/list/use-query";
import { level } from "../workout-plans/difficulty";
import styles from "./timetable.module.css";
import type { Filters } from "./week";
import { texts } from "./texts";

/** The filters of the address. */
export function useFilters(): Filters {
  const [coach] = useQuery("coach");
  const [plan] = useQuery("plan");
  const [difficulty] = useQuery("difficulty");
  const [mine] = useQuery("mine");
  const me = useSession()?.user?.id ?? null;
  return useMemo(
    () => ({ coach, plan, difficulty, mine: mine === "1" ? me : null }),
    [coach, plan, difficulty, mine, me],
  );
}

/** What lets every class through again. */
function useShowAll(): () => void {
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  return () => {
    const left = new URLSearchParams(params);
    for (const name of ["coach", "plan", "difficulty", "mine"]) left.delete(name);
    navigate(left.size === 0 ? "/" : `/?${left}`, { replace: true });
  };
}

/** Said where no class fits the filters. */
export function NothingFits() {
  return <Empty title={texts.nothingFits}>{texts.otherFilters}</Empty>;
}

export function FilterBar() {
  const me = useSession()?.user?.id ?? null;
  const [coach, setCoach] = useQuery("coach");
  const [plan, setPlan] = useQuery("plan");
  const [difficulty, setDifficulty] = useQuery("difficulty");
  const [mine, setMine] = useQuery("mine");
  const coaches = useChannel("coaches") ?? [];
  const plans = useChannel("workout_plans") ?? [];
  const difficulties = [...new Set(plans.map((each) => each.difficulty))].toSorted();
  const showAll = useShowAll();
  return (
    <search className={styles["filters"]}>
      <FilterSelect
        label={texts.coach}
        all={texts.allCoaches}
        options={choices(coaches, ofCoach)}
        value={coach}
        onChange={setCoach}
      />
      <FilterSelect
        label={texts.plan}
        all={texts.allPlans}
        options={choices(plans, ofPlan)}
        value={plan}
        onChange={setPlan}
      />
      <FilterSelect
        label={texts.difficulty}
        all={texts.allLevels}
        options={difficulties}
        value={difficulty}
        onChange={setDifficulty}
      />
      {me !== null && (
        <Button
          variant={mine ? "filled" : "default"}
          aria-pressed={mine === "1"}
          onClick={() => setMine(mine ? null : "1")}
        >
          {texts.myClasses}
        </Button>
      )}
      {(coach || plan || difficulty || mine) && (
        <Button variant="subtle" onClick={showAll}>
          {texts.showAll}
        </Button>
      )}
      <Legend difficulties={difficulties} />
    </search>
  );
}

const TONES = { 1: "var(--ease)", 2: "var(--mid)", 3: "var(--hard)" };

/** What the colours at the edges of classes mean; who does not see them has the words at each class. */
function Legend({ difficulties }: { difficulties: readonly string[] }) {
  const known = difficulties.flatMap((word) => {
    const step = level(word);
    return step === null ? [] : [{ word, step }];
  });
  if (known.length === 0) return null;
  return (
    <p className={styles["legend"]} aria-hidden="true">
      {known
        .toSorted((one, other) => one.step - other.step)
        .map(({ word, step }) => (
          <span key={word} style={{ borderColor: TONES[step] }}>
            {word}
          </span>
        ))}
    </p>
  );
}
