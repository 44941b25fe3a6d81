import { useLoaded } from "@spotter/realtime/react";
import { useEffect, useState } from "react";

/** How long after its records a page has what it needs, in milliseconds; and how long without them. */
const SOON = 500;
const AT_LATEST = 6_000;

/** Whether the page that was opened first has come, so that what may be needed later can be loaded. */
export function useSettled(): boolean {
  const loaded = useLoaded("schedules");
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), loaded ? SOON : AT_LATEST);
    return () => clearTimeout(timer);
  }, [loaded]);
  return settled;
}
