import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, test } from "./fixtures";

const pages = [
  "/",
  "/classes/new?day=Monday&hour=900",
  "/classes/1",
  "/coaches",
  "/coaches/1",
  "/coaches/1/edit",
  "/plans",
  "/plans/1",
  "/plans/1/edit",
  "/moves",
  "/moves/1",
  "/moves/new",
  "/live/numbers",
  "/account",
  "/nowhere",
];

/** What axe finds in both schemes. */
async function inBothSchemes(page: Page): Promise<string[]> {
  const found = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator(`[data-mantine-color-scheme="${colorScheme}"]`)).toBeAttached();
    found.push(...(await findings(page)).map((finding) => `${colorScheme}: ${finding}`));
  }
  return found;
}

for (const path of pages) {
  test(`axe finds nothing on ${path}`, async ({ visit }) => {
    const page = await visit(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
    expect(await inBothSchemes(page)).toEqual([]);
  });
}

test("axe finds nothing on a phone", async ({ visit }) => {
  const page = await visit("/?day=Monday", { viewport: { width: 360, height: 780 } });
  expect(await inBothSchemes(page)).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});
