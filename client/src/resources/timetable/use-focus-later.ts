import { useCallback, useEffect, useRef } from "react";

/** Gives the focus to what comes into the page later, the first of these that is there, unless somebody went on. */
export function useFocusLater(): (...selectors: string[]) => void {
  const waiting = useRef<readonly string[]>([]);
  useEffect(() => {
    if (waiting.current.length === 0 || document.activeElement !== document.body) return;
    for (const selector of waiting.current) {
      const element = document.querySelector<HTMLElement>(selector);
      if (!element) continue;
      waiting.current = [];
      element.focus();
      return;
    }
  });
  return useCallback((...selectors) => {
    waiting.current = selectors;
  }, []);
}
