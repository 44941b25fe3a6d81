/** Toasts that stay: they go by themselves, and how soon a test comes to press one is the affair of the machine. */
import type { Page } from "@playwright/test";

/** Whatever is said from now on stays until it is closed, as if a pointer had moved over it when it came. */
export async function holdToasts(page: Page): Promise<void> {
  await page.addInitScript(hold);
  await page.evaluate(hold);
}

function hold(): void {
  if ("holdsToasts" in window) return;
  Object.assign(window, { holdsToasts: true });
  const moved = { bubbles: true, pointerType: "mouse", screenX: -1, screenY: -1 };
  const look = () => {
    for (const toast of document.querySelectorAll<HTMLElement>("[data-toast]:not([data-held])")) {
      toast.dataset["held"] = "";
      // A pointer that moved to there from somewhere else.
      window.dispatchEvent(new PointerEvent("pointermove", { screenX: 0, screenY: 0 }));
      toast.dispatchEvent(new PointerEvent("pointermove", moved));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
