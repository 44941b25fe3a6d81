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

for (const colorScheme of ["light", "dark"] as const) {
  for (const path of pages) {
    test(`axe finds nothing on ${path} in ${colorScheme}`, async ({ visit }) => {
      const page = await visit(path, { colorScheme });
      await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
      await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
      expect(await findings(page)).toEqual([]);
    });
  }

  test(`axe finds nothing on a phone in ${colorScheme}`, async ({ visit }) => {
    const page = await visit("/?day=Monday", {
      colorScheme,
      viewport: { width: 360, height: 780 },
    });
    expect(await findings(page)).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
}
