/** What the app says for a moment. On a slow machine it has gone when a test looks for it. */
import type { Page } from "@playwright/test";

interface Hearing {
  heard: string[];
}

/** In the page: notes each message when it is there, and holds it as somebody does who moves a mouse over it. */
function listen(): void {
  const heard: string[] = [];
  (window as unknown as Hearing).heard = heard;
  const hold = (message: Element) => {
    heard.push(message.textContent);
    // From somewhere else: a second message would come up where the mouse is said to rest.
    dispatchEvent(new PointerEvent("pointermove", { screenX: 0 }));
    message.dispatchEvent(
      new PointerEvent("pointermove", { bubbles: true, pointerType: "mouse", screenX: -1 }),
    );
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element && node.matches("[data-toast]")) hold(node);
  }).observe(document, { childList: true, subtree: true });
}

/**
 * From now on every message stays until it is dismissed, or until a mouse that was on it leaves it. What it gives says how
 * many there were with a text since the page was loaded. When they go by themselves is in toasts.spec.ts.
 */
export async function hear(page: Page): Promise<(text: string) => Promise<number>> {
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return (text) =>
    page.evaluate(
      (sought) =>
        (window as unknown as Hearing).heard.filter((each) => each.includes(sought)).length,
      text,
    );
}
