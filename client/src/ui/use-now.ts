import { useSyncExternalStore } from "react";
import { followServerClock, serverDate } from "./clock";
import { days } from "./time";
import type { Day } from "./time";

/** The present as the timetable sees it. */
export interface Now {
  readonly day: Day;
  /** Minutes since midnight. */
  readonly minute: number;
}

let now = read();

/** The present in this gym's week, to the minute. */
export function useNow(): Now {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  followServerClock();
  const timer = setInterval(() => {
    const next = read();
    if (next.minute === now.minute && next.day === now.day) return;
    now = next;
    listener();
  }, 1_000);
  return () => clearInterval(timer);
}

function read(): Now {
  const date = serverDate();
  return {
    day: days[(date.getDay() + 6) % 7] ?? "Monday",
    minute: date.getHours() * 60 + date.getMinutes(),
  };
}
