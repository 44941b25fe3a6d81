import { useSession } from "@spotter/realtime/react";
import { useSyncExternalStore } from "react";
import { followServerClock, nowIn } from "./gym-clock";
import type { Now } from "./gym-clock";

const listeners = new Set<() => void>();
const known = new Map<string | null, Now>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The present at this gym, to the minute, in its own time zone. */
export function useNow(): Now {
  const zone = useSession()?.timezone ?? null;
  return useSyncExternalStore(subscribe, () => read(zone));
}

/** The same object as long as the minute is the same. */
function read(zone: string | null): Now {
  const before = known.get(zone);
  const now = nowIn(zone);
  if (before?.date === now.date && before.minute === now.minute) return before;
  known.set(zone, now);
  return now;
}

// All who ask share one timer, and each is told: one that looked first must not keep it from the rest.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  followServerClock();
  if (listeners.size === 1) {
    // Every second, since a timer that was set for the next minute does not run while the device sleeps.
    timer = setInterval(tell, 1_000);
    document.addEventListener("visibilitychange", tell);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tell);
  };
}

function tell(): void {
  followServerClock();
  for (const listener of listeners) listener();
}
