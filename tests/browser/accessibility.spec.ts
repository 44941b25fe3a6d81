import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const axe = readFileSync(
  resolve(__dirname, "../../client/node_modules/axe-core/axe.min.js"),
  "utf8",
);

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** What axe finds wrong, as short lines. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await (window as unknown as { axe: Axe }).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`),
    );
  });
}

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
