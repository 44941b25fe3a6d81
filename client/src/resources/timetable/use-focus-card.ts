import { useEffect } from "react";

/** When a class that lay over the timetable is closed, and what opened it has moved with it, its card has the focus. */
export function useFocusCard(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return undefined;
    return () => {
      // After what is closed has given the focus back.
      requestAnimationFrame(() => {
        const { activeElement } = document;
        if (activeElement !== document.body && activeElement?.id !== "main") return;
        document.querySelector<HTMLElement>(`[data-class="${id}"] a`)?.focus();
      });
    };
  }, [id]);
}
