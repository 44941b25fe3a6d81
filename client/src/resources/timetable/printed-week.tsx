import { useRealtime } from "@spotter/realtime/react";
import type { Schedule } from "../../protocol";
import type { LocalDate } from "../../ui/base/dates";
import { sayLevel } from "../../ui/base/levels";
import type { Exceptions } from "./exceptions";
import { occurrencesOn } from "./occurrences";
import { usePrinting } from "./use-printing";
import { WeekSheet } from "./week-sheet";
import type { Filters } from "./week";

interface Props {
  week: readonly LocalDate[];
  classes: readonly Schedule[];
  exceptions: Exceptions;
  /** Classes that a filter leaves out. */
  hidden: ReadonlySet<number>;
  filters: Filters;
}

/** The week as it goes on paper, while the page is printed. */
export function PrintedWeek({ week, classes, exceptions, hidden, filters }: Props) {
  const realtime = useRealtime();
  if (!usePrinting()) return null;
  const nameOf = (channel: "coaches" | "workout_plans", id: string | number | null) => {
    const record = id ? realtime.table(channel).get()?.get(Number(id))?.record : null;
    return (record as { name?: string } | null | undefined)?.name;
  };
  const which = [
    nameOf("coaches", filters.mine ?? filters.coach),
    nameOf("workout_plans", filters.plan),
    sayLevel(filters.difficulty),
  ].filter(Boolean);
  return (
    <WeekSheet
      week={week}
      occurrences={occurrencesOn(week, classes, exceptions).filter(
        ({ usual }) => !hidden.has(usual.id),
      )}
      exceptions={exceptions}
      which={which.length > 0 && `${which.join(", ")} · `}
    />
  );
}
