import { useEffect, useEffectEvent } from "react";

/** As much of the screen is in sight without scrolling far: what lies in it is left where it is. */
const IN_SIGHT = 0.6;

/** Scrolls to the hour of the present when the grid is first there; null is no hour of the week that is shown. */
export function useOpenAtNow(hour: number | null): void {
  const open = useEffectEvent(() => {
    if (hour === null) return;
    const row = rowOf(hour);
    if (!row || row.getBoundingClientRect().top < innerHeight * IN_SIGHT) return;
    row.scrollIntoView({ block: "start", behavior: "instant" });
  });
  useEffect(() => open(), []);
}

/** Its own row; the band that it is folded up in; or the last row before it. */
function rowOf(hour: number): Element | undefined {
  const rows = Array.from(document.querySelectorAll<HTMLElement>("tr[data-hour], tr[data-from]"));
  const from = ({ dataset }: HTMLElement) => Number(dataset["hour"] ?? dataset["from"]);
  return rows.findLast((row) => from(row) <= hour);
}
