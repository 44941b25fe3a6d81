import { Button } from "@mantine/core";
import { useChannel, useSession } from "@spotter/realtime/react";
import { useMemo } from "react";
import { choices, ofCoach, ofPlan } from "../../ui/base/select-options";
import { FilterSelect } from "../../ui/list/filter-select";
import { useQuery } from "../../ui/list/use-query";
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

export function FilterBar() {
  const me = useSession()?.user?.id ?? null;
  const [coach, setCoach] = useQuery("coach");
  const [plan, setPlan] = useQuery("plan");
  const [difficulty, setDifficulty] = useQuery("difficulty");
  const [mine, setMine] = useQuery("mine");
  const coaches = useChannel("coaches") ?? [];
  const plans = useChannel("workout_plans") ?? [];
  const difficulties = [...new Set(plans.map((each) => each.difficulty))].toSorted();
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
    </search>
  );
}
