/** What axe finds wrong with a page. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";

const axe = readFileSync(
  resolve(__dirname, "../../client/node_modules/axe-core/axe.min.js"),
  "utf8",
);

const looks = {
  everything: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  /** All that can differ between a light and a dark page. */
  colours: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
} as const;

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** What it finds, as short lines. */
export async function findings(
  page: Page,
  look: keyof typeof looks = "everything",
): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return page.evaluate(async (runOnly) => {
    const found = await (window as unknown as { axe: Axe }).axe.run({ runOnly });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`),
    );
  }, looks[look]);
}
