/** Records for tests of the timetable. */
import type { Exception, Schedule } from "../../protocol";
import type { LocalDate } from "../../ui/base/dates";
import type { Day } from "../../ui/base/time";

export function slot(id: number, day: Day, hour: string, more: Partial<Schedule> = {}): Schedule {
  return {
    id,
    day,
    hour,
    coach: { id: 1, name: "Ada" },
    workout_plan: { id: 7, name: "Circuit", difficulty: "Easy" },
    minutes: 60,
    room: "",
    capacity: null,
    ...more,
  };
}

let ids = 0;

/** Of a class, or without one of the gym. */
export function exception(
  of: Schedule | null,
  date: LocalDate,
  more: Partial<Exception> = {},
): Exception {
  return {
    id: (ids += 1),
    date,
    schedule: of && { id: of.id, day: of.day, hour: of.hour },
    cancelled: of === null,
    coach: null,
    note: "",
    ...more,
  };
}
