/** For fingers: what is pressed is large enough, and nothing else is there. */
import type { Page } from "@playwright/test";
import { expect, go, opened, signIn, test } from "./fixtures";
import { lasting } from "./lasting";

/** What is pressed on the page once it is drawn, and is smaller than a finger or under something else. */
async function tooSmall(page: Page): Promise<string[]> {
  return lasting(() => tooSmallNow(page));
}

async function tooSmallNow(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const LEAST = 44;
    const pressed =
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=menuitem], [role=option], [role=tab]";
    const dialog = Array.from(document.querySelectorAll("[aria-modal=true], [role=menu]")).at(-1);
    const all = Array.from((dialog ?? document).querySelectorAll<HTMLElement>(pressed)).filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true }) &&
        !each.matches(":disabled") &&
        // A class that is pressed leads to all that these do: they are there for who comes by keyboard.
        getComputedStyle(each).pointerEvents !== "none" &&
        !each.matches("[data-class] ~ [data-slot]"),
    );
    /** A link within a sentence is as high as its line. */
    const inSentence = (each: HTMLElement) =>
      getComputedStyle(each).display === "inline" &&
      each.parentElement?.textContent.trim() !== each.textContent.trim();
    const isOf = (each: HTMLElement, hit: Element | null) => {
      const labels = each instanceof HTMLInputElement ? Array.from(each.labels ?? []) : [];
      return hit !== null && [each, ...labels].some((part) => part.contains(hit));
    };
    const found: string[] = [];
    for (const each of all) {
      each.scrollIntoView({ block: "center", behavior: "instant" });
      const box = each.getBoundingClientRect();
      // Hidden by what is seen in its place, as the box of a switch is; or for who comes by keyboard.
      if (box.bottom <= 0 || box.width <= 1 || box.height <= 1 || inSentence(each)) continue;
      const x = box.x + box.width / 2;
      const y = box.y + box.height / 2;
      const half = LEAST / 2 - 1;
      const misses = [
        [0, 0],
        [-half, 0],
        [half, 0],
        [0, -half],
        [0, half],
      ].filter(([dx = 0, dy = 0]) => !isOf(each, document.elementFromPoint(x + dx, y + dy)));
      const name = each.getAttribute("aria-label") ?? each.textContent.trim();
      const size = `${Math.round(box.width)} × ${Math.round(box.height)}`;
      if (misses.length > 0)
        found.push(`${each.tagName} "${name.slice(0, 30)}" ${size} misses ${misses.join(" and ")}`);
    }
    return found;
  });
}

for (const [width, height] of [
  [820, 1180],
  [390, 844],
] as const) {
  test(`all that is pressed at ${width} is 44 px high and wide, and alone there`, async ({
    visit,
  }) => {
    const page = await visit("/coaches", {
      viewport: { width, height },
      hasTouch: true,
      isMobile: true,
    });
    const found: string[] = [];
    for (const path of [
      "/coaches",
      "/coaches/1",
      "/coaches/1/edit",
      "/coaches/new",
      "/plans",
      "/plans/1",
      "/plans/1/edit",
      "/moves",
      "/moves/1",
      "/moves/new",
      "/changes",
      "/import",
      "/account",
      "/developers",
      "/nowhere",
      "/coaches/999999",
    ]) {
      await go(page, path);
      await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
      await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
      found.push(...(await tooSmall(page)).map((line) => `${path} ${line}`));
    }
    expect(found).toEqual([]);
  });
}

for (const [width, height] of [
  [820, 1180],
  [390, 844],
] as const) {
  test(`so is the timetable, and what opens over it, at ${width}`, async ({ visit, gym }) => {
    const slot = await gym.class("Tess Timetable", "Thursday", "600");
    const plan = (slot["workout_plan"] as { id: number }).id;
    const timetable = `/?plan=${plan}&day=Thursday`;
    const page = await visit(timetable, {
      viewport: { width, height },
      hasTouch: true,
      isMobile: true,
    });
    await expect(page.locator("[data-class]").first()).toBeVisible();
    const found = (await tooSmall(page)).map((line) => `/ ${line}`);
    const dialog = page.getByRole("dialog");
    for (const path of [
      `/classes/${slot.id}`,
      "/classes/new",
      `/classes/${slot.id}/2037-12-24`,
      "/days/2037-12-24",
    ]) {
      await go(page, path);
      await expect(dialog.locator(":focus")).toBeAttached();
      found.push(...(await tooSmall(page)).map((line) => `${path} ${line}`));
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
    expect(found).toEqual([]);
  });

  test(`so are the accounts at ${width}, and what is asked about one`, async ({ visit }) => {
    const page = await visit("/account", {
      viewport: { width, height },
      hasTouch: true,
      isMobile: true,
    });
    const places = page.getByRole("navigation", { name: "Main" });
    const accounts = places.getByRole("link", { name: "Accounts" });
    await expect(places.getByRole("link", { name: "Coaches" })).toBeVisible();
    await expect(accounts).toHaveCount(0);
    await signIn(page, "admin", "spotter-demo");
    await expect(page.getByText("Signed in as admin")).toBeVisible();
    if (width < 768) await places.getByRole("button", { name: "More" }).tap();
    await accounts.tap();
    await expect(accounts).toBeVisible({ visible: width >= 768 });
    const row = page.getByRole("row", { name: /^coach (Role: )?coach/i });
    await expect(row).toBeVisible();
    if (width >= 768) {
      const tops = await row
        .getByRole("button")
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
      expect(new Set(tops).size).toBe(1);
    }
    const found = (await tooSmall(page)).map((line) => `/accounts ${line}`);
    for (const action of ["New account", "Change role: coach", "Delete: coach"]) {
      await page.getByRole("button", { name: action, exact: true }).tap();
      await opened(page);
      found.push(...(await tooSmall(page)).map((line) => `${action} ${line}`));
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    expect(found).toEqual([]);
  });
}

test("so is what opens over a page, what was done, and a message", async ({ visit, gym }) => {
  const coach = await gym.coach("Tess Touch");
  await gym.ask("update_coach", { id: coach.id, age: 31 });
  const page = await visit(`/coaches/${coach.id}`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await expect(page.getByRole("button", { name: /^Undo/ }).first()).toBeVisible();
  const found = (await tooSmall(page)).map((line) => `history ${line}`);
  for (const [open, shown] of [
    ["Search", page.getByRole("dialog", { name: "Search" }).getByRole("option").first()],
    [/^Who is here/, page.getByRole("dialog", { name: "Who is here" })],
    ["Live", page.getByRole("dialog", { name: "Your edits" })],
  ] as const) {
    await page.getByRole("button", { name: open }).first().tap();
    await expect(shown).toBeVisible();
    await opened(page);
    found.push(...(await tooSmall(page)).map((line) => `${open} ${line}`));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await go(page, "/coaches");
  await page.getByRole("button", { name: "Spreadsheet" }).tap();
  await expect(page.getByRole("menuitem", { name: "Import" })).toBeVisible();
  found.push(...(await tooSmall(page)).map((line) => `menu ${line}`));
  await page.keyboard.press("Escape");
  await go(page, `/coaches/${coach.id}`);
  await page.getByRole("button", { name: "Delete", exact: true }).tap();
  await expect(page.getByRole("button", { name: "Dismiss" })).toBeVisible();
  found.push(...(await tooSmall(page)).map((line) => `message ${line}`));
  expect(found).toEqual([]);
});
