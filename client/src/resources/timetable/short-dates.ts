/** Days where there is little room, as the reader's language has them. */
import type { LocalDate } from "../../ui/base/dates";
import { dayOf, sayDay } from "../../ui/base/dates";
import { locale } from "../../ui/base/locale";

/** "Thu" */
export function shortDay(of: LocalDate): string {
  return sayDay(dayOf(of), "short");
}

/** "24 Dec" */
export function shortDate(of: LocalDate): string {
  return locale()
    .date({ day: "numeric", month: "short", timeZone: "UTC" })
    .format(Date.parse(`${of}T00:00:00Z`));
}
