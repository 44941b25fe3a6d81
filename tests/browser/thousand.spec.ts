import type { Page } from "@playwright/test";
import { expect, live, show, test as base } from "./fixtures";
import { Server, STARTING } from "./server";

/** A gym with a thousand classes a week. */
const test = base.extend<object, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await Server.start();
      await server.kill();
      server.seed("--schedules", "1000", "--coaches", "20", "--plans", "50", "--moves", "200");
      await server.up();
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: STARTING },
  ],
});

const MOST = 5_000;

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);
/** The classes that are drawn whole. */
const whole = (page: Page) => page.getByRole("button", { name: /^Move / });

test("a thousand classes are few elements, wherever one is in them, and none is missing", async ({
  page,
}) => {
  await page.goto("/");
  await live(page);
  const cards = page.locator("[data-class]");
  await expect(cards).toHaveCount(1000);
  for (const at of [0, 333, 666, 999]) {
    await show(cards.nth(at));
    await expect(cards.nth(at).getByRole("button", { name: /^Move / })).toBeAttached();
    // What is far now gives way a moment after what is near has come.
    await expect.poll(() => elements(page)).toBeLessThan(MOST);
    await expect.poll(() => whole(page).count()).toBeLessThan(300);
  }
  // What was drawn before is a link again.
  await expect(cards.nth(0).getByRole("button")).toHaveCount(0);
  await expect(cards.nth(0).getByRole("link")).toBeAttached();
});

test("tab leads from class to class, near and far", async ({ page }) => {
  await page.goto("/");
  await live(page);
  const cards = page.locator("[data-class]");
  await expect(cards).toHaveCount(1000);
  const last = cards.nth(999);
  await last.getByRole("link").focus();
  // It is drawn whole, and has the focus still.
  await expect(last.getByRole("button", { name: /^More for / })).toBeAttached();
  await expect(last.getByRole("link")).toBeFocused();
  const handle = cards.nth(998).getByRole("button", { name: /^Move / });
  await expect(handle).toBeAttached();
  await page.keyboard.press("Shift+Tab");
  await expect(handle).toBeFocused();
});

test("all are selected and all are printed, not only those on the screen", async ({ page }) => {
  await page.goto("/");
  await live(page);
  await expect(page.locator("[data-class]")).toHaveCount(1000);
  await page.getByRole("button", { name: "Select", exact: true }).click();
  const bar = page.getByRole("region", { name: "Selected classes" });
  await bar.getByRole("button", { name: /^Select all / }).click();
  await expect(bar).toContainText("1000 selected");
  await expect(page.getByRole("table").getByRole("checkbox", { checked: true })).toHaveCount(1000);
  await expect.poll(() => elements(page)).toBeLessThan(MOST + 1000);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator("main > section table time")).toHaveCount(1000);
});
