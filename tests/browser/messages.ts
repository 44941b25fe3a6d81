/** Messages that go by themselves, looked at while the time of the page stands still. */
import type { Page } from "@playwright/test";
import { expect, go, live } from "./fixtures";

/** Longer than anything that goes by itself is shown, in milliseconds. */
export const LONG = 15_000;

export const toasts = (page: Page) =>
  page.getByRole("region", { name: "Messages" }).getByRole("alert");
export const said = (page: Page, text: string) => toasts(page).filter({ hasText: text });

/** Opens the coaches; from then on the time of the page goes on only when the test says so. */
export async function visitStill(page: Page): Promise<void> {
  await page.clock.install();
  await page.goto("/coaches/1");
  await live(page);
  // What is loaded by then needs no time to appear.
  for (const [path, title] of [
    ["/coaches", "Coaches"],
    ["/coaches/new", "New coach"],
    ["/moves/new", "New exercise move"],
    ["/moves", "Exercise moves"],
    ["/classes/new", "New class"],
    ["/coaches/1", /./],
  ] as const) {
    await go(page, path);
    await expect(page.getByRole("heading", { name: title }).first()).toBeVisible();
  }
  // On a slow machine that moment may be over when the page hears of it.
  await expect(async () => {
    await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 1_000)));
  }).toPass();
}

/** Lets so much time go by that all goes that goes by itself. */
export async function allGo(page: Page): Promise<void> {
  await expect(async () => {
    // A message that has just appeared, or that was just left, begins its time a moment later.
    await page.clock.fastForward(LONG);
    await expect(toasts(page)).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  // For so long a time the connection did not answer, either.
  await live(page);
}

/** Waits until the page has drawn what it knows by now: that is asked for in a task, and done in the next one. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let task = 0; task < 3; task += 1)
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", resolve);
        port1.start();
        port2.postMessage(null);
      });
  });
}
