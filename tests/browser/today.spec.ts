import type { BrowserContextOptions, Page } from "@playwright/test";
import { test as base } from "@playwright/test";
import { expect, live } from "./fixtures";
import { Server, STARTING } from "./server";

const test = base.extend<object, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await Server.start({ TIMEZONE: "Europe/Berlin" });
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: STARTING },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

/** Opens the timetable on a device whose clock shows this moment, and is not put right by the server. */
async function openAt(page: Page, time: string, path = "/"): Promise<void> {
  await page.clock.install({ time: new Date(time) });
  await page.route("**/healthz", (route) => route.abort());
  await page.goto(path);
  await live(page);
}

const today = (page: Page) => page.locator("th[data-today]");

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

test.describe("far from the gym", () => {
  // 14 hours before Berlin's summer.
  test.use({ timezoneId: "Pacific/Pago_Pago" });

  test("today is the gym's, whatever the browser's zone", async ({ page }) => {
    await openAt(page, "2026-07-08T22:30:00Z");
    await expect(today(page)).toHaveText("Thursday");
  });

  test("a phone opens on the gym's day", async ({ browser, server }) => {
    const context = await browser.newContext({ ...phone, baseURL: server.url });
    const page = await context.newPage();
    await openAt(page, "2026-07-08T22:30:00Z");
    await expect(page.getByRole("button", { name: "Thursday", pressed: true })).toBeVisible();
    await context.close();
  });
});

test("a page that stays open over midnight goes to the next day, everywhere on it", async ({
  page,
}) => {
  await openAt(page, "2026-11-24T22:58:00Z");
  await expect(today(page)).toHaveText("Tuesday");
  const bar = page.getByRole("paragraph").filter({ hasText: "Next" });
  await expect(bar).toContainText("Wednesday");
  await page.clock.runFor(180_000);
  await expect(today(page)).toHaveText("Wednesday");
  await expect(bar).not.toContainText("Wednesday");
});

test("a page that slept for days wakes to today", async ({ page }) => {
  await openAt(page, "2026-11-24T12:00:00Z");
  await expect(today(page)).toHaveText("Tuesday");
  // Asleep, no timer runs: the clock has moved on when the page is next asked to draw.
  await page.clock.fastForward(3 * 24 * 3_600_000);
  await expect(today(page)).toHaveText("Friday");
});

test("the clocks of the gym are put forward and back", async ({ page }) => {
  // Midnight of Berlin is 23:00 UTC before the change of 29 March 2026, and 22:00 UTC after it.
  await openAt(page, "2026-03-28T22:59:00Z");
  await expect(today(page)).toHaveText("Saturday");
  await page.clock.runFor(120_000);
  await expect(today(page)).toHaveText("Sunday");
  await page.clock.fastForward(23 * 3_600_000 - 3 * 60_000);
  await expect(today(page)).toHaveText("Sunday");
  await page.clock.fastForward(4 * 60_000);
  await expect(today(page)).toHaveText("Monday");
});

test("a device whose clock is wrong shows the gym's day", async ({ page }) => {
  await page.clock.install({ time: new Date("2001-01-01T12:00:00Z") });
  await page.goto("/");
  await live(page);
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "Europe/Berlin" });
  await expect.poll(async () => (await today(page).textContent()) === day.format()).toBe(true);
});
