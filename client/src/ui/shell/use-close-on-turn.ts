import { useEffect } from "react";

/** An open menu, and a field with an open list: each closes by Escape. */
const OPEN = "[role='menu'], [aria-haspopup='listbox'][aria-expanded='true']";

/**
 * Closes what is open over a page when the width of the window changes, as when a tablet is turned: its place may be out of
 * sight then. The height alone changes when the keyboard of a phone opens.
 */
export function useCloseOnTurn(): void {
  useEffect(() => {
    // What sticks out of a page on a phone widens `innerWidth`.
    const page = document.documentElement;
    let width = page.clientWidth;
    const turned = () => {
      if (page.clientWidth === width) return;
      width = page.clientWidth;
      for (const open of document.querySelectorAll(OPEN)) {
        open.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      }
    };
    addEventListener("resize", turned);
    return () => removeEventListener("resize", turned);
  }, []);
}
