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
  await page.getByRole("menuitem", { name: /^Only on/ }).press("Enter");
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
  await bar.getByRole("button", { name: "Select all" }).click();
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
