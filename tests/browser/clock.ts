/** Tests of what depends on the day: a gym in Berlin, and a device whose clock stands. */
import type { Page } from "@playwright/test";
import { live, testOn } from "./fixtures";

export const test = testOn({ TIMEZONE: "Europe/Berlin" });

/** Opens the app on a device whose clock shows this moment, and is not put right by the server. */
export async function openAt(page: Page, time: string, path = "/"): Promise<void> {
  await page.clock.install({ time: new Date(time) });
  await page.route("**/healthz", (route) => route.abort());
  await page.goto(path);
  await live(page);
}
