/** The screens of a front desk: what is on a card can be read, and pressed by a finger. */
import type { Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { card, expect, go, opened, test } from "./fixtures";

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
    await expect
      .poll(() => grid.evaluate((element) => element.scrollWidth - element.clientWidth))
      .toBe(0);
    await expect.poll(() => unreadable(page)).toEqual([]);
    const small = () =>
      page.getByRole("table").evaluate((table) =>
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
    await expect.poll(small).toEqual([]);
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
    await expect(page.getByRole("menuitem", { name: "All other days" })).toBeVisible();
    lines.push(...(await findingsInBoth(page)));
  }
  expect(lines).toEqual([]);
});

for (const width of [820, 1024, 1440]) {
  test(`at ${width} px no time is broken by the signs beside it, and who edits covers no words`, async ({
    visit,
    gym,
  }) => {
    const made = await gym.class("Signs All", "Thursday", "1300");
    const busy = await gym.coach("Signs Sub");
    const room = "Sign Room";
    await gym.ask("update_schedule", { id: made.id, room });
    const { coach, workout_plan } = made;
    await gym.ask("new_schedule", { day: "Thursday", hour: "1330", room, coach, workout_plan });
    const on = { date: "2037-12-24", schedule: { id: made.id } };
    await gym.ask("new_exception", { ...on, coach: busy, note: "Bring a towel" });
    const plan = (workout_plan as { id: number }).id;
    const viewport = { width, height: 1180 };
    const page = await visit(`/?week=2037-W52&plan=${plan}`, { viewport, ...touch });
    const drawn = page.locator(`[data-class="${made.id}"]`);
    await expect(drawn).toContainText("is booked twice");
    const lines = () =>
      page.locator("[data-class]").evaluateAll((cards) =>
        cards.flatMap((each) => {
          const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
          const found: number[] = [];
          while (walker.nextNode()) {
            for (const { index } of (walker.currentNode.textContent ?? "").matchAll(/\d\d:\d\d/g)) {
              const range = document.createRange();
              range.setStart(walker.currentNode, index);
              range.setEnd(walker.currentNode, index + 5);
              found.push(...Array.from(range.getClientRects(), ({ top }) => Math.round(top)));
            }
          }
          return found.map((top) => top - found[0]!);
        }),
      );
    // From and until are on one line.
    await expect.poll(lines).toEqual([0, 0, 0, 0]);
    const unseen = () =>
      drawn.evaluate((drawnCard) => {
        const { right, bottom } = drawnCard.getBoundingClientRect();
        return (
          Array.from(drawnCard.querySelectorAll("p"))
            // What is said last may have no room.
            .filter((line) => line.checkVisibility() && line.textContent !== "Bring a towel")
            .filter((line) => {
              const box = line.getBoundingClientRect();
              return box.right > right || box.bottom > bottom + 1;
            })
            .map((line) => line.textContent)
        );
      });
    await expect(drawn.getByText("Signs Sub for Signs All Coach")).toBeVisible();
    await expect.poll(unseen).toEqual([]);

    await gym.ask("editing", { channel: "schedules", id: made.id, on: true });
    await expect(drawn.locator("[data-editing]")).toBeVisible();
    const covered = () =>
      drawn.evaluate((drawnCard) => {
        const badge = drawnCard.querySelector("[data-editing]")!.getBoundingClientRect();
        const whole = drawnCard.getBoundingClientRect();
        const range = document.createRange();
        const rects = Array.from(drawnCard.querySelectorAll("p, a"), (each) => {
          range.selectNodeContents(each);
          return Array.from(range.getClientRects());
        }).flat();
        const over = rects.some(
          // Below the letters a line has a little air.
          ({ left, right, top, bottom }) =>
            left < badge.right &&
            right > badge.left &&
            top < badge.bottom &&
            bottom > badge.top + 4,
        );
        return over || badge.bottom > whole.bottom || badge.right > whole.right;
      });
    await expect.poll(covered).toBe(false);
    await expect.poll(unseen).toEqual([]);
  });
}

test("what a mouse is offered for a class does not cover its name", async ({ visit, gym }) => {
  const made = await gym.class("Uncovered Name", "Monday", "1300");
  const coach = (made["coach"] as { id: number }).id;
  for (const width of [1440, 820]) {
    const page = await visit(`/?coach=${coach}`, { viewport: { width, height: 900 } });
    await card(page, "Uncovered Name").hover();
    const top = () =>
      card(page, "Uncovered Name").evaluate((link) => {
        const range = document.createRange();
        range.selectNodeContents(link);
        return range.getBoundingClientRect().top;
      });
    for (const tool of [/^Move Uncovered/, /^More for Uncovered/]) {
      const button = page.getByRole("button", { name: tool });
      await expect(button).toHaveCSS("opacity", "1");
      const above = async () => {
        const box = await button.boundingBox();
        return (box?.y ?? 0) + (box?.height ?? 0) - (await top());
      };
      await expect.poll(above).toBeLessThanOrEqual(2);
    }
    // Of the time what they would cut is left out.
    const cut = () =>
      card(page, "Uncovered Name")
        .locator("xpath=ancestor::*[@data-class]")
        .evaluate((drawn) => {
          const range = document.createRange();
          range.selectNodeContents(drawn.querySelector("p")!);
          const grip = drawn.querySelector("[aria-roledescription]")!;
          return range.getBoundingClientRect().right > grip.getBoundingClientRect().left + 1;
        });
    await expect.poll(cut).toBe(false);
  }
});

test("what is open over a page closes when the tablet is turned, but no dialog does", async ({
  visit,
}) => {
  const upright = { width: 820, height: 1180 };
  const lying = { width: 1180, height: 820 };
  const page = await visit("/", { viewport: upright, ...touch });
  await page.getByRole("button", { name: "More", exact: true }).tap();
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  await page.setViewportSize(lying);
  await expect(page.getByRole("menuitem")).toHaveCount(0);

  await go(page, "/classes/new?day=Monday");
  const form = await opened(page);
  await form.getByRole("combobox", { name: "Coach" }).click();
  const choices = page.getByRole("listbox").getByRole("option");
  await expect(choices.first()).toBeVisible();
  // As by the keyboard of the screen.
  await page.setViewportSize({ ...lying, height: 600 });
  await expect(choices.first()).toBeVisible();
  await page.setViewportSize(upright);
  await expect(choices).toHaveCount(0);
  await expect(form).toBeVisible();
});
