/** How many messages the app has shown, also those that have gone. */
import type { Page } from "@playwright/test";

interface Hearing {
  heard: string[];
}

/** In the page: notes each message when it is there. */
function listen(): void {
  const heard: string[] = [];
  (window as unknown as Hearing).heard = heard;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element && node.matches("[data-toast]")) heard.push(node.textContent);
  }).observe(document, { childList: true, subtree: true });
}

/** What it gives says how many there were with a text since then, or since the page was loaded. */
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
