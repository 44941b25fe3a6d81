import { useCallback, useEffect, useState } from "react";

const STEP = 60;

/** The first part of a long list; it grows when its end comes into view or on request. */
export function useShowMore<T>(items: readonly T[]) {
  const [count, setCount] = useState(STEP);
  const [end, sentinel] = useState<Element | null>(null);
  const more = useCallback(() => setCount((before) => before + STEP), []);
  useEffect(() => {
    if (!end) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        more();
        // The button moves down with the list: look again whether it is still in view.
        observer.unobserve(end);
        observer.observe(end);
      },
      { rootMargin: "600px" },
    );
    observer.observe(end);
    return () => observer.disconnect();
  }, [end, more]);
  return { shown: items.slice(0, count), rest: Math.max(0, items.length - count), more, sentinel };
}
