/** Where toasts are: where they cover nothing that somebody needs now. */
import { useEffect, useEffectEvent, useLayoutEffect } from "react";
import type { RefObject } from "react";

/** The corners, the best first. On a phone start and end are the same. */
const places = ["bottom end", "bottom start", "top end", "top start"] as const;

const NEEDED = ["[data-keep-clear]", "[aria-modal='true'] button", ":focus-visible"];

/** After these something else may be under them. */
const moves = ["scroll", "resize", "focusin", "transitionend"] as const;

/** Puts what it shows into the first corner where it covers no more than anywhere else. */
export function useClearPlace(element: RefObject<HTMLElement | null>, shown: readonly unknown[]) {
  const place = useEffectEvent(() => {
    // What somebody is at does not run away.
    if (element.current?.matches(":hover, :focus-within")) return;
    if (element.current) moveOutOfTheWay(element.current);
  });

  useLayoutEffect(() => {
    if (shown.length > 0) place();
  }, [shown]);

  const any = shown.length > 0;
  useEffect(() => {
    if (!any) return;
    let frame = 0;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => place());
    };
    for (const each of moves) addEventListener(each, later, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      for (const each of moves) removeEventListener(each, later, { capture: true });
    };
  }, [any]);
}

function moveOutOfTheWay(element: HTMLElement): void {
  const keepClear = toKeepClear(element);
  const covers = (place: string) => {
    element.dataset["place"] = place;
    const box = element.getBoundingClientRect();
    return keepClear.reduce((sum, other) => sum + common(box, other), 0);
  };
  // Where it is it stays, if that is as good.
  const known = element.dataset["place"];
  const order = known === undefined ? places : [known, ...places];
  let best: { place: string; covered: number } | null = null;
  for (const place of order) {
    const covered = covers(place);
    if (best === null || covered < best.covered) best = { place, covered };
    if (covered === 0) break;
  }
  if (best) element.dataset["place"] = best.place;
}

/** The buttons of forms and of what is open, what has the focus, and the records that the toasts are about. */
function toKeepClear(element: HTMLElement): DOMRect[] {
  const about = Array.from(element.querySelectorAll<HTMLElement>("[data-about]"))
    .flatMap((toast) => toast.dataset["about"]?.split(" ") ?? [])
    .map((record) => `[data-record="${CSS.escape(record)}"]`);
  const all = document.querySelectorAll([...NEEDED, ...about].join());
  // What fills the page is under them anywhere.
  const most = innerWidth * innerHeight * 0.5;
  return Array.from(all, (each) => each.getBoundingClientRect()).filter(
    ({ width, height }) => width * height < most,
  );
}

function common(a: DOMRect, b: DOMRect): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return Math.max(0, width) * Math.max(0, height);
}
