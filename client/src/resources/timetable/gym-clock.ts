/**
 * What time it is at the gym: the server's clock, read in the gym's time zone, so that all its
 * screens agree wherever they stand and however their own clocks are set.
 */
import type { LocalDate } from "../../ui/base/dates";

/** The present as the timetable sees it. */
export interface Now {
  readonly date: LocalDate;
  /** Minutes since midnight. */
  readonly minute: number;
}

/** One look an hour is enough: clocks drift by less than a second in that time. */
const LOOK_EVERY = 3_600_000;

/** How far this device's clock is behind the server's, in milliseconds. */
let behind = 0;
let looked: number | null = null;

/** The present in a time zone; null is this device's. */
export function nowIn(zone: string | null): Now {
  const parts = formatOf(zone).formatToParts(Date.now() + behind);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? "";
  return {
    date: `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`,
    minute: Number(part("hour")) * 60 + Number(part("minute")),
  };
}

const formats = new Map<string | null, Intl.DateTimeFormat>();

function formatOf(zone: string | null): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = formatIn(zone) ?? formatOf(null);
  formats.set(zone, made);
  return made;
}

/** Null for a zone that this browser does not know. */
function formatIn(zone: string | null): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(zone === null ? {} : { timeZone: zone }),
    });
  } catch {
    return null;
  }
}

/** Looks at the server's clock now and, called often, from time to time. Without an answer, this device's counts. */
export function followServerClock(): void {
  const now = Date.now();
  if (looked !== null && now - looked >= 0 && now - looked < LOOK_EVERY) return;
  looked = now;
  void look();
}

async function look(): Promise<void> {
  const asked = Date.now();
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    const there = Date.parse(answer.headers.get("date") ?? "");
    // The header has whole seconds: half of one is the best guess at the rest.
    if (!Number.isNaN(there)) behind = there + 500 - (asked + Date.now()) / 2;
  } catch {
    // There is no connection; it is asked again later.
  }
}
