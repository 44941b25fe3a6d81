import { useCallback, useMemo } from "react";
import { useSearch } from "wouter";
import { addWeeks, datesOf, weekName, weekNamed, weekOf } from "../../ui/base/dates";
import type { LocalDate, Week } from "../../ui/base/dates";

export interface ShownWeek {
  readonly week: Week;
  readonly dates: readonly LocalDate[];
  /** Whether today is in it. */
  readonly isThis: boolean;
  /** Its name in addresses; none for this week, whose address goes on with time. */
  readonly name: string | null;
  /** Where the week so many weeks later is shown, filtered as this one; null beyond the calendar. */
  readonly pathTo: (count: number) => string | null;
  /** Where the week of today is. */
  readonly here: string;
}

/** The week that is shown: the one that the address names, or that of `date`, or of today. */
export function useWeek(today: LocalDate, date: LocalDate = today): ShownWeek {
  const search = useSearch();
  const now = weekOf(today);
  const week = weekNamed(new URLSearchParams(search).get("week") ?? "") ?? weekOf(date);
  const dates = useMemo(() => datesOf(week), [week]);
  const pathTo = useCallback(
    (count: number) => {
      const to = addWeeks(week, count);
      return to === null ? null : pathOf(search, to, now);
    },
    [search, week, now],
  );
  const isThis = week === now;
  return {
    week,
    dates,
    isThis,
    name: isThis ? null : weekName(week),
    pathTo,
    here: pathOf(search, now, now),
  };
}

/** The address of a week's timetable. */
function pathOf(search: string, week: Week, now: Week): string {
  const params = new URLSearchParams(search);
  // What a new class begins with, from an address over a week.
  params.delete("hour");
  params.delete("copy");
  if (week === now) params.delete("week");
  else params.set("week", weekName(week));
  return params.size > 0 ? `/?${params}` : "/";
}
