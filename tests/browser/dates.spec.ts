import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { openAt, test } from "./clock";
import { card, expect, opened } from "./fixtures";

/** A Wednesday. */
const NOW = "2037-12-16T12:00:00Z";

const weekBar = (page: Page) => page.getByRole("navigation", { name: "Week" });
const shown = (page: Page) => weekBar(page).getByRole("status");
const headings = (page: Page) => page.getByRole("columnheader");

test.describe("the week in the address", () => {
  test("is this one, until it is another; each has an address, and Back leads back", async ({
    page,
  }) => {
    await openAt(page, NOW);
    await expect(shown(page)).toHaveText("14–20 December 2037 Week 51");
    await expect(headings(page).nth(4)).toHaveText("Thursday 17 December");
    await expect(page.locator("th[data-today]")).toHaveText("Wednesday 16 December");
    const thisWeek = weekBar(page).getByRole("link", { name: "Today" });
    await expect(thisWeek).toHaveAttribute("aria-current", "true");
    await weekBar(page).getByRole("link", { name: "Next week" }).click();
    await expect(page).toHaveURL("/?week=2037-W52");
    await expect(shown(page)).toHaveText("21–27 December 2037 Week 52");
    await expect(page.locator("th[data-today]")).toHaveCount(0);
    await expect(thisWeek).not.toHaveAttribute("aria-current");
    await weekBar(page).getByRole("link", { name: "Next week" }).click();
    await expect(shown(page)).toHaveText("28 December 2037 – 3 January 2038 Week 53");
    await page.goBack();
    await expect(shown(page)).toHaveText("21–27 December 2037 Week 52");
    await page.reload();
    await expect(shown(page)).toHaveText("21–27 December 2037 Week 52");
    await weekBar(page).getByRole("link", { name: "Previous week" }).click();
    await expect(page).toHaveURL("/");
    expect(await findings(page)).toEqual([]);
  });

  test("changes by single keys, but not while one types or has a dialog open", async ({ page }) => {
    await openAt(page, NOW);
    await page.keyboard.press("j");
    await expect(page).toHaveURL("/?week=2037-W52");
    await page.keyboard.press("j");
    await expect(page).toHaveURL("/?week=2037-W53");
    await page.keyboard.press("k");
    await expect(page).toHaveURL("/?week=2037-W52");
    await page.keyboard.press("?");
    await opened(page);
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page).toHaveURL("/?week=2037-W52");
    await page.keyboard.press("t");
    await expect(page).toHaveURL("/");
  });

  test("that there is not is this one", async ({ page }) => {
    await openAt(page, NOW, "/?week=2036-W53");
    await expect(shown(page)).toHaveText("14–20 December 2037 Week 51");
  });

  test("ends where the calendar ends", async ({ page }) => {
    await openAt(page, NOW, "/?week=9999-W51");
    await expect(shown(page)).toHaveText("20–26 December 9999 Week 51");
    await expect(weekBar(page).getByRole("link")).toHaveText(["", "Today"]);
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await expect(shown(page)).toHaveText("13–19 December 9999 Week 50");
  });

  test("stays with the filters under a class that is opened and closed", async ({ page, gym }) => {
    const made = await gym.class("Stay Here", "Monday", "1300");
    const coach = (made["coach"] as { id: number }).id;
    await openAt(page, NOW, `/?week=2037-W52&coach=${coach}`);
    await card(page, "Stay Here").click();
    const drawer = await opened(page);
    await expect(page).toHaveURL(`/classes/${made.id}?week=2037-W52&coach=${coach}`);
    await drawer.getByRole("button", { name: "Close" }).click();
    await expect(page).toHaveURL(`/?week=2037-W52&coach=${coach}`);
    await page.keyboard.press("n");
    await expect(page).toHaveURL(`/classes/new?week=2037-W52&coach=${coach}`);
    await opened(page);
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(`/?week=2037-W52&coach=${coach}`);
    await expect(card(page, "Stay Here")).toHaveAttribute(
      "href",
      `/classes/${made.id}?week=2037-W52`,
    );
  });

  test("goes on at midnight of Sunday, where none is named", async ({ page }) => {
    await openAt(page, "2037-12-20T22:50:00Z");
    await expect(shown(page)).toHaveText("14–20 December 2037 Week 51");
    await page.clock.runFor(15 * 60_000);
    await expect(shown(page)).toHaveText("21–27 December 2037 Week 52");
    await expect(page.locator("th[data-today]")).toHaveText("Monday 21 December");
  });

  test("has its dates on a phone, where one day is shown", async ({ browser, server }) => {
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({
      viewport,
      baseURL: server.url,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await openAt(page, NOW, "/?week=2037-W52");
    await expect(page.getByRole("button", { name: "Wednesday 23 December" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await page.getByRole("button", { name: "Thursday 24 December" }).click();
    await expect(page).toHaveURL("/?week=2037-W52&day=Thursday");
    await weekBar(page).getByRole("link", { name: "Next week" }).click();
    await expect(page.getByRole("button", { name: "Thursday 31 December" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    expect(await findings(page)).toEqual([]);
    await context.close();
  });
});
