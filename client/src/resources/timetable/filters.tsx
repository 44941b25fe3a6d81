import { Button } from "@mantine/core";
import { useChannel, useSession } from "@spotter/realtime/react";
import { useMemo } from "react";
import { useLocation, useSearchParams } from "wouter";
import { Empty } from "../../ui/base/empty";
import { focusPage } from "../../ui/base/focus-page";
import { levelChoices, sayLevel } from "../../ui/base/levels";
import { choices, ofCoach, ofPlan } from "../../ui/base/select-options";
import { FilterSelect } from "../../ui/list/filter-select";
import { useQuery } from "../../ui/list/use-query";
import { level } from "../workout-plans/difficulty";
import { OverLink } from "./over-link";
import styles from "./timetable.module.css";
import type { Filters } from "./week";
import { texts } from "./texts";

/** What classes are filtered by, each by its name in the address, with what sets it. */
function useFilterQueries() {
  return {
    coach: useQuery("coach"),
    plan: useQuery("plan"),
    difficulty: useQuery("difficulty"),
    mine: useQuery("mine"),
  };
}

/** The filters of the address. */
export function useFilters(): Filters {
  const {
    coach: [coach],
    plan: [plan],
    difficulty: [difficulty],
    mine: [mine],
  } = useFilterQueries();
  const me = useSession()?.user?.id ?? null;
  return useMemo(
    () => ({ coach, plan, difficulty, mine: mine === "1" ? me : null }),
    [coach, plan, difficulty, mine, me],
  );
}

/** What lets every class through again. */
function useShowAll(names: readonly string[]): () => void {
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  return () => {
    const left = new URLSearchParams(params);
    for (const name of names) left.delete(name);
    // Its button goes.
    focusPage();
    navigate(left.size === 0 ? "/" : `/?${left}`, { replace: true });
  };
}

interface NothingFitsProps {
  /** Whether whoever looks at it may make a class; `day` is the one that it would be on. */
  editable: boolean;
  day: string;
}

/** In place of the week where no class fits the filters. */
export function NothingFits({ editable, day }: NothingFitsProps) {
  const showAll = useShowAll(Object.keys(useFilterQueries()));
  return (
    <Empty title={texts.nothingFits}>
      <Button mt="xs" onClick={showAll}>
        {texts.showAllClasses}
      </Button>{" "}
      {editable && (
        <Button mt="xs" variant="default" component={OverLink} href={`/classes/new?day=${day}`}>
          {texts.newClass}
        </Button>
      )}
    </Empty>
  );
}

export function FilterBar() {
  const me = useSession()?.user?.id ?? null;
  const queries = useFilterQueries();
  const [mine, setMine] = queries.mine;
  const coaches = useChannel("coaches") ?? [];
  const plans = useChannel("workout_plans") ?? [];
  const difficulties = [...new Set(plans.map((each) => each.difficulty))].toSorted();
  const showAll = useShowAll(Object.keys(queries));
  const isFiltered = Object.values(queries).some(([value]) => value !== "");
  return (
    <search className={styles["filters"]}>
      <FilterSelect
        label={texts.coach}
        all={texts.allCoaches}
        options={choices(coaches, ofCoach)}
        value={queries.coach[0]}
        onChange={queries.coach[1]}
      />
      <FilterSelect
        label={texts.plan}
        all={texts.allPlans}
        options={choices(plans, ofPlan)}
        value={queries.plan[0]}
        onChange={queries.plan[1]}
      />
      <FilterSelect
        label={texts.difficulty}
        all={texts.allLevels}
        options={levelChoices(difficulties)}
        value={queries.difficulty[0]}
        onChange={queries.difficulty[1]}
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
      {isFiltered && (
        <Button variant="default" onClick={showAll}>
          {texts.showAll}
        </Button>
      )}
      <Legend difficulties={difficulties} />
    </search>
  );
}

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
          <span key={word} data-level={step}>
            {sayLevel(word)}
          </span>
        ))}
    </p>
  );
}
