import type { BrowserContextOptions, Page } from "@playwright/test";
import { openAt, test } from "./clock";
import { expect, live } from "./fixtures";

const today = (page: Page) => page.locator("th[data-today]");

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

test.describe("far from the gym", () => {
  // 14 hours before Berlin's summer.
  test.use({ timezoneId: "Pacific/Pago_Pago" });

  test("today is the gym's, whatever the browser's zone", async ({ page }) => {
    await openAt(page, "2026-07-08T22:30:00Z");
    await expect(today(page)).toHaveText("Thursday 9 July");
  });

  test("a phone opens on the gym's day", async ({ browser, server }) => {
    const context = await browser.newContext({ ...phone, baseURL: server.url });
    const page = await context.newPage();
    await openAt(page, "2026-07-08T22:30:00Z");
    await expect(
      page.getByRole("button", { name: "Thursday 9 July", pressed: true }),
    ).toBeVisible();
    await context.close();
  });
});

test("a page that stays open over midnight goes to the next day, everywhere on it", async ({
  page,
}) => {
  await openAt(page, "2026-11-24T22:54:00Z");
  await expect(today(page)).toHaveText("Tuesday 24 November");
  const bar = page.getByRole("paragraph").filter({ hasText: "Next" });
  await expect(bar).toContainText("Wednesday");
  await page.clock.runFor(420_000);
  await expect(today(page)).toHaveText("Wednesday 25 November");
  await expect(bar).not.toContainText("Wednesday");
});

test("a page that slept for days wakes to today", async ({ page }) => {
  await openAt(page, "2026-11-24T12:00:00Z");
  await expect(today(page)).toHaveText("Tuesday 24 November");
  // Asleep, no timer runs: the clock has moved on when the page is next asked to draw.
  await page.clock.fastForward(3 * 24 * 3_600_000);
  await expect(today(page)).toHaveText("Friday 27 November");
});

test("the clocks of the gym are put forward and back", async ({ page }) => {
  // Midnight of Berlin is 23:00 UTC before the change of 29 March 2026, and 22:00 UTC after it.
  await openAt(page, "2026-03-28T22:54:00Z");
  await expect(today(page)).toHaveText("Saturday 28 March");
  await page.clock.runFor(420_000);
  await expect(today(page)).toHaveText("Sunday 29 March");
  await page.clock.fastForward(23 * 3_600_000 - 3 * 60_000);
  await expect(today(page)).toHaveText("Sunday 29 March");
  await page.clock.fastForward(4 * 60_000);
  await expect(today(page)).toHaveText("Monday 30 March");
});

test("a device whose clock is wrong shows the gym's day", async ({ page }) => {
  await page.clock.install({ time: new Date("2001-01-01T12:00:00Z") });
  await page.goto("/");
  await live(page);
  const day = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "Europe/Berlin",
  });
  await expect.poll(async () => (await today(page).textContent()) === day.format()).toBe(true);
});
