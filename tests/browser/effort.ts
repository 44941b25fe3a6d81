/** What a person has to do on a page: how often they press a button of the mouse, and a key. */
import type { Page } from "@playwright/test";

interface Effort {
  clicks: number;
  keys: number;
}

interface Counted {
  effort: Effort;
}

/** Counts from now on, in the page itself, what a browser says that a person did. Before the page is opened. */
export async function countEffort(page: Page): Promise<() => Promise<Effort>> {
  await page.addInitScript(() => {
    const effort = { clicks: 0, keys: 0 };
    (window as unknown as Counted).effort = effort;
    // A click on a label is told twice, once as one on its input: what is pressed is not.
    addEventListener("pointerdown", (event) => event.isTrusted && (effort.clicks += 1), true);
    addEventListener("keydown", (event) => event.isTrusted && (effort.keys += 1), true);
  });
  return () => page.evaluate(() => (window as unknown as Counted).effort);
}

/** Types as a person does, who needs Shift for a capital letter. */
export async function typeByHand(page: Page, text: string): Promise<void> {
  for (const letter of text) {
    await page.keyboard.press(/[A-Z]/.test(letter) ? `Shift+${letter}` : letter);
  }
}
