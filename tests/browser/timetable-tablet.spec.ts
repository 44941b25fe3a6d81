/** The screens of a front desk: what is on a card can be read, and pressed by a finger. */
import type { Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { card, expect, test } from "./fixtures";

const touch = { hasTouch: true, isMobile: true };
const heights: Readonly<Record<number, number>> = {
  844: 390,
  768: 1024,
  820: 1180,
  1024: 768,
  1180: 820,
};

/** The names of classes and days that are cut, covered, or broken within a word. */
async function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const names = document.querySelectorAll<HTMLElement>("[data-class] a, thead a");
    for (const link of names) {
      link.scrollIntoView({ block: "center", inline: "center" });
      const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (const { 0: word, index } of (node.textContent ?? "").matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const [rect, ...more] = range.getClientRects();
          const isHeading = link.closest("thead") !== null;
          if (!rect) continue;
          const on = document.elementFromPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);
          // A day that has no room is said in short: its whole name is for those who hear it.
          if (
            isHeading &&
            rect.width > 0 &&
            getComputedStyle(node.parentElement!).clipPath !== "none"
          )
            continue;
          if (more.length > 0 || !on || !link.contains(on))
            found.push(`${link.textContent}: ${word}`);
        }
      }
    }
    return found;
  });
}

for (const [width, height] of Object.entries(heights)) {
  test(`at ${width} px all seven days are in sight, and every name can be read`, async ({
    visit,
  }) => {
    const viewport = { width: Number(width), height };
    const page = await visit("/", { viewport, ...touch });
    await expect(page.locator("[data-class]").first()).toBeVisible();
    const grid = page.getByRole("table").locator("xpath=..");
    expect(await grid.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await unreadable(page)).toEqual([]);
    const small = await page.getByRole("table").evaluate((table) =>
      Array.from(table.querySelectorAll("button, a"), (each) => each)
        .filter((each) => getComputedStyle(each).opacity !== "0")
        .map((each) => {
          // A class is pressed anywhere on its card.
          const { width: wide, height: high } = (
            each.closest("[data-class]") && each.tagName === "A"
              ? each.closest("[data-class]")!
              : each
          ).getBoundingClientRect();
          return { name: each.getAttribute("aria-label") ?? each.textContent, wide, high };
        })
        .filter(({ wide, high }) => wide < 44 || high < 44),
    );
    expect(small).toEqual([]);
  });
}

test("axe finds nothing in the grid and its menu on a tablet", async ({ visit, gym }) => {
  const made = await gym.class("Axe Tablet", "Monday", "1300");
  const plan = (made["workout_plan"] as { id: number }).id;
  const page = await visit(`/?plan=${plan}`, { viewport: { width: 820, height: 1180 } });
  await expect(card(page, "Axe Tablet")).toBeVisible();
  const lines = await findingsInBoth(page);
  for (const width of [1440, 820, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/?plan=${plan}&day=Monday`);
    await card(page, "Axe Tablet").hover();
    await page.getByRole("button", { name: /^More for Axe Tablet/ }).click();
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeVisible();
    lines.push(...(await findingsInBoth(page)));
    await page.getByRole("menuitem", { name: "Copy to" }).press("ArrowRight");
    await expect(page.getByRole("menuitem", { name: "Every other day" })).toBeVisible();
    lines.push(...(await findingsInBoth(page)));
  }
  expect(lines).toEqual([]);
});

test("what a mouse is offered for a class does not cover its name", async ({ visit, gym }) => {
  const made = await gym.class("Uncovered Name", "Monday", "1300");
  const coach = (made["coach"] as { id: number }).id;
  for (const width of [1440, 820]) {
    const page = await visit(`/?coach=${coach}`, { viewport: { width, height: 900 } });
    await card(page, "Uncovered Name").hover();
    const name = await card(page, "Uncovered Name").evaluate((link) => {
      const range = document.createRange();
      range.selectNodeContents(link);
      return range.getBoundingClientRect().toJSON() as DOMRect;
    });
    for (const tool of [/^Move Uncovered/, /^More for Uncovered/]) {
      const button = page.getByRole("button", { name: tool });
      await expect(button).toHaveCSS("opacity", "1");
      const box = await button.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(name.top + 2);
    }
  }
});
