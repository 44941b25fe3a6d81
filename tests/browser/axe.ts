/** What axe finds wrong with a page. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { lasting } from "./lasting";

const axe = readFileSync(
  resolve(__dirname, "../../client/node_modules/axe-core/axe.min.js"),
  "utf8",
);

const looks = {
  everything: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  /** All that can differ between a light and a dark page. */
  colours: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
} as const;

interface Found {
  html: string;
  target: string[];
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: Found[] }[] }>;
}

/** What it finds, as short lines, once all is drawn. */
export async function findings(
  page: Page,
  look: keyof typeof looks = "everything",
): Promise<string[]> {
  return lasting(() => foundNow(page, look));
}

/**
 * What it finds at once. What lies behind a dialog or a menu cannot be pressed: that its edge leaves little of a link in
 * sight is no fault.
 */
async function foundNow(page: Page, look: keyof typeof looks): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return page.evaluate(async (runOnly) => {
    const found = await (window as unknown as { axe: Axe }).axe.run({ runOnly });
    const dialog = Array.from(document.querySelectorAll("[aria-modal='true'], [role='menu']")).at(
      -1,
    );
    const isBehind = ({ target }: Found) =>
      dialog !== undefined && !dialog.contains(document.querySelector(target.join(" ")));
    return found.violations.flatMap(({ id, nodes }) =>
      nodes
        .filter((node) => id !== "target-size" || !isBehind(node))
        .slice(0, 3)
        .map((node) => `${id}: ${node.html.slice(0, 160)}`),
    );
  }, looks[look]);
}

/** Shows the page in a scheme, and waits until its colours are there. */
export async function inScheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator(`[data-mantine-color-scheme="${colorScheme}"]`)).toBeAttached();
  // In what is folded up, a transition is not taken away when it has finished.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((each) => !(each instanceof CSSTransition) || each.playState === "finished"),
  );
}

/** What it finds in the light scheme, and of colours in the dark one. */
export async function findingsInBoth(page: Page): Promise<string[]> {
  const lines: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await inScheme(page, colorScheme);
    // Between the schemes only colours differ.
    const found = await findings(page, colorScheme === "light" ? "everything" : "colours");
    lines.push(...found.map((line) => `${colorScheme} ${line}`));
  }
  return lines;
}
