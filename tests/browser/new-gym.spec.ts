import type { Page } from "@playwright/test";
import { findings, inScheme } from "./axe";
import { expect, test } from "./empty-gym";
import { live, opened } from "./fixtures";

/** The part of the page that belongs to a step. */
const step = (page: Page, name: string) =>
  page
    .getByRole("region", { name: "The week is empty" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name }) });

async function begin(page: Page): Promise<void> {
  await page.goto("/");
  await live(page);
  await expect(step(page, "Coaches")).toBeVisible();
}

test("a new gym opens at its first steps, also late in the day", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.clock.install({ time: new Date("2037-12-16T20:00:00") });
  await page.route("**/healthz", (route) => route.abort());
  await begin(page);
  await expect(page.locator("tr[data-hour], tr[data-from]").first()).toBeAttached();
  await expect(page.getByRole("heading", { name: "Timetable", level: 1 })).toBeInViewport();
});

test("an empty timetable leads to the first class in three steps", async ({ page, emptyGym }) => {
  await begin(page);
  await expect(step(page, "Coaches")).toHaveAttribute("aria-current", "step");
  await expect(page.getByText("None yet")).toHaveCount(3);
  // The step comes first; there is nothing to filter, and no class can be made yet.
  const add = step(page, "Coaches").getByRole("button", { name: "Add coach" });
  await expect(add).toHaveAttribute("data-variant", "filled");
  const newClass = page.getByRole("link", { name: "New class" });
  await expect(newClass).toHaveAttribute("data-variant", "default");
  await expect(page.getByRole("combobox", { name: "Workout plan" })).toHaveCount(0);
  expect(await findings(page)).toEqual([]);

  await step(page, "Coaches").getByLabel("Name").focus();
  for (const [name, age] of [
    ["Ana Diaz", "34"],
    ["Ben Cole", "41"],
  ] as const) {
    await page.keyboard.type(name);
    await page.keyboard.press("Tab");
    await page.keyboard.type(age);
    await page.keyboard.press("Enter");
    await expect(step(page, "Coaches").getByRole("status")).toContainText(name);
    await expect(step(page, "Coaches").getByLabel("Name")).toBeFocused();
    await expect(step(page, "Coaches").getByLabel("Name")).toHaveValue("");
  }
  await expect(step(page, "Coaches")).toContainText("Done: 2 coaches: Ana Diaz, Ben Cole");

  await expect(step(page, "Moves")).toHaveAttribute("aria-current", "step");
  await page.getByRole("button", { name: "Add 40 starter moves" }).click();
  await expect(step(page, "Moves")).toContainText("Done: 40 moves");

  await expect(step(page, "Plans")).toHaveAttribute("aria-current", "step");
  await page.getByRole("button", { name: "New plan" }).click();
  const plan = await opened(page);
  await plan.getByRole("textbox", { name: "Name" }).fill("Push Day");
  await plan.getByRole("combobox", { name: "Level" }).fill("Beginner");
  await plan.getByRole("textbox", { name: "Description" }).fill("Chest and shoulders.");
  await plan.getByPlaceholder("Search moves").fill("bench");
  await page.keyboard.press("Enter");
  await plan.getByRole("button", { name: "Add plan", exact: true }).click();
  await expect(plan).toHaveCount(0);
  await expect(step(page, "Plans")).toContainText("Done: 1 plan: Push Day");
  const heard = (of: string) => emptyGym.changes.find(({ channel }) => channel === of)?.record;
  await expect.poll(() => heard("workout_plans")).toBeTruthy();
  expect(await findings(page)).toEqual([]);

  await page.getByRole("link", { name: "Add the first class" }).click();
  await expect(page.getByRole("dialog", { name: "New class" })).toBeVisible();
  await emptyGym.ask("new_schedule", {
    day: "Monday",
    hour: "900",
    coach: heard("coaches"),
    workout_plan: heard("workout_plans"),
  });
  await expect(page.getByRole("region", { name: "The week is empty" })).toHaveCount(0);
});

test("the starter library is one commit without what is there, and is undone as one", async ({
  page,
  emptyGym,
}) => {
  await emptyGym.ask("new_exercise_move", {
    name: "plank",
    focus: "Core",
    description: "As it is done here.",
  });
  await expect.poll(() => emptyGym.changes).toHaveLength(1);
  const before = emptyGym.seq;
  await begin(page);
  await expect(step(page, "Moves")).toContainText("1 move: plank");
  await page.getByRole("button", { name: "Add 40 starter moves" }).click();
  await expect(step(page, "Moves")).toContainText("40 moves: plank, Back Squat");
  await expect.poll(() => emptyGym.seq).toBe(before + 1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(step(page, "Moves")).toContainText("1 move: plank");
  await expect.poll(() => emptyGym.seq).toBe(before + 2);
  expect(emptyGym.changes.filter(({ type }) => type === "del")).toHaveLength(39);
});

test("a list of moves, and a plan without moves to choose from, offer the starter library", async ({
  page,
}) => {
  await page.goto("/moves");
  await live(page);
  await expect(page.getByRole("button", { name: "Add 40 starter moves" })).toBeVisible();
  await page.goto("/plans/new");
  await page.getByRole("button", { name: "Add 40 starter moves" }).click();
  await expect(page.getByRole("button", { name: "Add Back Squat" })).toBeVisible();
});

test("what the first steps say is readable on every screen, in both schemes", async ({ page }) => {
  await begin(page);
  for (const width of [1440, 820, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await inScheme(page, colorScheme);
      expect(await findings(page), `${width} ${colorScheme}`).toEqual([]);
    }
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider).toBeLessThanOrEqual(0);
  }
});
