/** Tests of what depends on the day: a gym in Berlin, and a device whose clock stands. */
import type { Page } from "@playwright/test";
import { live, testOn } from "./fixtures";

export const test = testOn({ TIMEZONE: "Europe/Berlin" });

/** Twice is fast as the page's clock has it, however slow the machine is: it stands, and timers go on. */
export async function standStill(page: Page): Promise<void> {
  await page.clock.setFixedTime(Date.now());
}

/** Opens the app on a device whose clock shows this moment, and is not put right by the server. */
export async function openAt(page: Page, time: string, path = "/"): Promise<void> {
  await page.clock.install({ time: new Date(time) });
  await page.route("**/healthz", (route) => route.abort());
  await page.goto(path);
  await live(page);
}
