import { finger } from "./drag";
import { card, expect, lift, opened, test } from "./fixtures";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const planOf = (made: Record<string, unknown>) => (made["workout_plan"] as { id: number }).id;

test("a class is dragged by touch to another day, whose tab opens under it", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Tab Drag", "Monday", "900");
  const other = await gym.ask("new_schedule", {
    day: "Thursday",
    hour: "1100",
    coach: made["coach"],
    workout_plan: made["workout_plan"],
  });
  const page = await visit(`/?day=Monday&plan=${planOf(made)}`, phone);
  const tab = page.getByRole("navigation", { name: "Day" }).getByRole("button").nth(3);
  await expect(tab).toContainText("Thu");
  const touch = await finger(page);
  await touch.lift(card(page, "Tab Drag"));
  await expect(async () => {
    await touch.to(tab);
    await expect(tab).toHaveAttribute("aria-pressed", "true", { timeout: 2_000 });
  }).toPass();
  const place = page.getByRole("link", { name: "Add a class on Thursday at 11:00" });
  await touch.over(place.locator("xpath=.."));
  await touch.up();
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({ day: "Thursday", hour: "1100" });
  await expect(page).toHaveURL(/day=Thursday/);
  await expect(page.locator(`[data-class="${made.id}"]`)).toBeVisible();
  await expect(page.locator(`[data-class="${other.id}"]`)).toBeVisible();
});

test("the arrow keys move a class to another day of a narrow window, too", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Tab Keys", "Monday", "900");
  const page = await visit(`/?day=Monday&plan=${planOf(made)}`, {
    viewport: { width: 390, height: 844 },
  });
  await lift(page, page.getByRole("button", { name: /^Move Tab Keys/ }));
  await expect(page.getByText("Tab Keys, Monday at 09:00.")).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Tab Keys, Tuesday at 09:00.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({ day: "Tuesday", hour: "900" });
  // The focus goes along.
  await expect(page.getByRole("button", { name: /^Move Tab Keys, Tuesday/ })).toBeFocused();
});

test("after a drawer the focus is on what opened it", async ({ visit, gym }) => {
  const made = await gym.class("Focus Back", "Monday", "900");
  const page = await visit(`/?plan=${planOf(made)}`);
  for (const name of [/^Focus Back/, /^Monday/, /^Add a class on Tuesday at 09:00/]) {
    const link = page.getByRole("table").getByRole("link", { name });
    await link.press("Enter");
    await opened(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(link).toBeFocused();
  }
  await page.getByRole("button", { name: /^More for Focus Back/ }).press("Enter");
  await page.getByRole("menuitem", { name: /^Change only on/ }).press("Enter");
  await opened(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator(`[data-class="${made.id}"]`).locator(":focus")).toBeAttached();
  // The class, and the link that opened it, are elsewhere by then.
  await page.locator(`[data-class="${made.id}"]`).getByRole("link").press("Enter");
  const drawer = await opened(page);
  await drawer.getByLabel("Time").fill("17:00");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator(`[data-class="${made.id}"]`).getByRole("link")).toBeFocused();
});

test("the bar of selected classes has two rows on the narrowest, and the rest under More", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Many Narrow", "Thursday", "700");
  const { id: plan } = slot["workout_plan"] as { id: number };
  const page = await visit(`/?plan=${plan}`, { viewport: { width: 320, height: 568 } });
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("button", { name: /^Thursday/ }).click();
  const bar = page.getByRole("region", { name: "Selected classes" });
  await bar.getByRole("button", { name: /^All \d+ on / }).click();
  await expect(bar).toContainText("1 selected");
  const tops = await bar
    .getByRole("button")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(2);
  await bar.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete 1 class" }).click();
  await expect.poll(() => gym.of("schedules", slot.id).at(-1)?.type).toBe("del");
});

test("on the narrowest what can be done is one row, and More opens below it", async ({ visit }) => {
  const page = await visit("/?day=Monday", {
    viewport: { width: 320, height: 568 },
    hasTouch: true,
    isMobile: true,
  });
  const topOf = (name: string) =>
    page
      .getByRole("main")
      .locator("header")
      .getByText(name, { exact: true })
      .evaluate((each) => Math.round(each.closest("button, a")!.getBoundingClientRect().top));
  const tops = () => Promise.all(["More", "Select", "New class"].map(topOf));
  await expect.poll(async () => new Set(await tops()).size).toBe(1);
  const days = page.getByRole("navigation", { name: "Day" });
  await expect(days).toBeInViewport();

  const more = page.getByRole("button", { name: "More", exact: true });
  await more.tap();
  const menu = page.getByRole("menu");
  await expect(menu).toBeVisible();
  const below = async () => {
    const [button, list] = [await more.boundingBox(), await menu.boundingBox()];
    if (!button || !list) return null;
    return list.y >= button.y + button.height && list.x >= 0 && list.x + list.width <= 320;
  };
  await expect.poll(below).toBe(true);
});

test("a class is on the first screen of the smallest phones", async ({ visit, gym }) => {
  await gym.class("First Screen", "Monday", "900");
  const page = await visit("/?day=Monday", {
    viewport: { width: 320, height: 568 },
    hasTouch: true,
    isMobile: true,
  });
  const first = page.locator("[data-class]").first();
  const pages = page.getByRole("link", { name: "Timetable", exact: true });
  const inSight = async () => {
    const [its, bar] = [await first.boundingBox(), await pages.boundingBox()];
    return its && bar ? Math.min(bar.y - its.y, its.height) : null;
  };
  // Its time, its name and who gives it.
  await expect.poll(inSight).toBeGreaterThan(50);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("the name of a week does not move what is under it", async ({ visit }) => {
  for (const width of [1440, 1680]) {
    const page = await visit("/?week=2037-W20", { viewport: { width, height: 900 } });
    const top = () =>
      page.getByRole("combobox", { name: "Coach" }).evaluate((each) => {
        const { x, y } = each.getBoundingClientRect();
        return [Math.round(x), Math.round(y)];
      });
    await expect(page.getByRole("table")).toBeVisible();
    const before = await top();
    // "28 September – 4 October 2037" is a long one.
    await page.goto("/?week=2037-W40");
    await expect(page.getByText("28 September – 4 October 2037")).toBeVisible();
    await expect.poll(top).toEqual(before);
  }
});
