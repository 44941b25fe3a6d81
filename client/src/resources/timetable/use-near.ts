import { useCallback, useRef, useState } from "react";
import type { RefCallback } from "react";

/** So far beyond the edge of the screen something is made ready, in pixels. */
const MARGIN = "240px 0px";

const told = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | null = null;

function observe(element: Element, tell: (near: boolean) => void): () => void {
  // One for all: a thousand of them would each be asked at every step of the wheel.
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  told.set(element, tell);
  observer.observe(element);
  const watching = observer;
  return () => {
    told.delete(element);
    watching.unobserve(element);
  };
}

/**
 * Whether an element is on the screen or soon will be, or has the focus. It may be another element then: what had the
 * focus in the one has it in the other.
 */
export function useNear(always: boolean): [RefCallback<HTMLElement>, boolean] {
  const [seen, setSeen] = useState(false);
  const hadFocus = useRef(false);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      if (hadFocus.current) element.querySelector<HTMLElement>("a, input")?.focus();
      hadFocus.current = false;
      if (always) return undefined;
      return observe(element, (isNear) => {
        hadFocus.current = element.contains(document.activeElement);
        if (isNear || !hadFocus.current) setSeen(isNear);
      });
    },
    [always],
  );
  return [ref, always || seen];
}
