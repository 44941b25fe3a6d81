/** What opens over the timetable, on a tablet and a phone: axe finds nothing in either scheme. */
import type { Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { expect, go, test } from "./fixtures";

/** What is wrong with the dialog that is open, once it has the focus. */
async function found(page: Page, where: string): Promise<string[]> {
  await expect(page.getByRole("dialog").locator(":focus")).toBeAttached();
  const lines = (await findingsInBoth(page)).map((line) => `${where} ${line}`);
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(wider, `${where} is too wide`).toBeLessThanOrEqual(0);
  return lines;
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

for (const [width, height] of [
  [820, 1180],
  [390, 844],
] as const) {
  const screen = { viewport: { width, height }, hasTouch: true, isMobile: true };

  test(`axe finds nothing in the drawers of a class at ${width}`, async ({ visit, gym }) => {
    const slot = await gym.class("Axe Drawn", "Thursday", "600");
    const plan = (slot["workout_plan"] as { id: number }).id;
    const page = await visit(`/?plan=${plan}&day=Thursday`, screen);
    const lines: string[] = [];
    for (const path of [`/classes/${slot.id}`, "/classes/new", `/classes/${slot.id}/2037-12-24`]) {
      await go(page, path);
      await expect(page.getByRole("dialog")).toBeVisible();
      const substitute = page.getByRole("radio", { name: "Given by somebody else" });
      if (path.endsWith("2037-12-24")) await substitute.check();
      lines.push(...(await found(page, path)));
      await close(page);
    }
    expect(lines).toEqual([]);
  });

  test(`axe finds nothing in the drawers of a day and of what is gone at ${width}`, async ({
    visit,
  }) => {
    const page = await visit("/days/2037-12-24", screen);
    const lines = await found(page, "a day");
    await close(page);
    await go(page, "/classes/999999");
    lines.push(...(await found(page, "a class that is gone")));
    expect(lines).toEqual([]);
  });

  test(`axe finds nothing in what is done with several classes at ${width}`, async ({
    visit,
    gym,
  }) => {
    const slot = await gym.class("Axe Several", "Thursday", "600");
    const plan = (slot["workout_plan"] as { id: number }).id;
    const page = await visit(`/?plan=${plan}&day=Thursday`, screen);
    await page.getByRole("button", { name: "Select", exact: true }).tap();
    const bar = page.getByRole("region", { name: "Selected classes" });
    await bar.getByRole("button", { name: /^(Select all|All) \d/ }).tap();
    const lines: string[] = [];
    for (const name of ["Move", "Copy", "Give to", "Delete"]) {
      await bar.getByRole("button", { name }).tap();
      await expect(page.getByRole("dialog")).toBeVisible();
      lines.push(...(await found(page, name)));
      await close(page);
    }
    expect(lines).toEqual([]);
  });
}
