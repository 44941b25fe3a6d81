import type { Locator, Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { expect, opened, test } from "./fixtures";
import type { Gym } from "./gym";

/** Classes of one plan, which the filter of the address shows alone. */
async function classes(gym: Gym, name: string, times: readonly [string, string][]) {
  const coach = await gym.coach(`${name} Coach`);
  const [move] = gym.all("exercise_moves");
  const plan = await gym.ask("new_workout_plan", {
    name,
    difficulty: "Beginner",
    description: "A plan for one test alone.",
    exercise_moves: [{ id: move?.id }],
  });
  const ids: number[] = [];
  for (const [day, hour] of times) {
    const made = await gym.ask("new_schedule", { day, hour, coach, workout_plan: plan });
    ids.push(made.id);
  }
  return { coach, plan, ids, path: `/?plan=${plan.id}` };
}

const boxes = (page: Page) => page.getByRole("table").getByRole("checkbox");
const bar = (page: Page) => page.getByRole("region", { name: "Selected classes" });
const times = (gym: Gym, ids: readonly number[]) =>
  ids.map((id) => {
    const record = gym.of("schedules", id).at(-1)?.record;
    return record && `${String(record["day"])} ${String(record["hour"])}`;
  });
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });

/** The shorter side of it, in pixels. */
async function smaller(of: Locator): Promise<number> {
  const { width = 0, height = 0 } = (await of.boundingBox()) ?? {};
  return Math.min(width, height);
}

/** Chooses from a list by the keyboard's way. */
async function choose(page: Page, dialog: Locator, list: string, option: string) {
  await dialog.getByRole("combobox", { name: list }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("by mouse: Ctrl-click and Shift-click select, and a move is one step that is undone in one", async ({
  visit,
  gym,
}) => {
  const { ids, path } = await classes(gym, "Many Mouse", [
    ["Monday", "700"],
    ["Tuesday", "800"],
    ["Wednesday", "900"],
    ["Friday", "1300"],
  ]);
  const page = await visit(path);
  await page.locator(`[data-class="${ids[0]}"]`).click({ modifiers: ["Control"] });
  await expect(bar(page)).toContainText("1 selected");
  await expect(page).toHaveURL(path);
  await page.locator(`[data-class="${ids[2]}"]`).click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("3 selected");
  await expect(boxes(page).nth(0)).toBeVisible();
  expect(await findingsInBoth(page)).toEqual([]);
  await bar(page).getByRole("button", { name: "Move" }).click();
  const drawer = await opened(page);
  await choose(page, drawer, "Day", "1 day later");
  await choose(page, drawer, "Time", "30 minutes later");
  await expect(drawer.getByText("Mon 07:00 → Tue 07:30")).toBeVisible();
  expect(await findingsInBoth(page)).toEqual([]);
  const before = gym.commits.length;
  await drawer.getByRole("button", { name: "Move 3 classes" }).click();
  await expect(
    page.getByText("Moved 3 classes 1 day later, 30 minutes later, every week."),
  ).toBeVisible();
  await expect
    .poll(() => times(gym, ids))
    .toEqual(["Tuesday 730", "Wednesday 830", "Thursday 930", "Friday 1300"]);
  expect(gym.commits.length - before).toBe(1);
  await expect(bar(page)).toHaveCount(0);
  await undo(page).click();
  await expect
    .poll(() => times(gym, ids))
    .toEqual(["Monday 700", "Tuesday 800", "Wednesday 900", "Friday 1300"]);
});

test("by keyboard: X on a class selects it, space selects further ones, escape ends it", async ({
  visit,
  gym,
}) => {
  const { ids, path } = await classes(gym, "Many Keys", [
    ["Monday", "700"],
    ["Monday", "900"],
    ["Monday", "1100"],
  ]);
  const page = await visit(path);
  await page.locator(`[data-class="${ids[0]}"]`).getByRole("link").focus();
  await page.keyboard.press("x");
  const first = page.getByRole("checkbox", { name: /^Many Keys, Monday 07:00/ });
  await expect(first).toBeFocused();
  await expect(first).toBeChecked();
  await expect(page.getByRole("status").filter({ hasText: "1 selected" })).toBeAttached();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox", { name: /^Many Keys, Monday 09:00/ })).toBeChecked();
  await expect(page.getByRole("status").filter({ hasText: "2 selected" })).toBeAttached();
  await page.keyboard.press("x");
  await expect(page.getByRole("status").filter({ hasText: "1 selected" })).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator(`[data-class="${ids[1]}"]`).getByRole("link")).toBeFocused();

  await page.getByRole("button", { name: "Select", exact: true }).press("Enter");
  await bar(page)
    .getByRole("button", { name: /^Select all / })
    .press("Enter");
  await expect(bar(page)).toContainText("3 selected");
  await bar(page).getByRole("button", { name: "Delete" }).press("Enter");
  const question = page.getByRole("dialog", { name: "Delete 3 classes?" });
  await expect(question.locator(":focus")).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(bar(page)).toContainText("3 selected");
  await bar(page).getByRole("button", { name: "Delete" }).press("Enter");
  await expect(question).toBeVisible();
  expect(await findingsInBoth(page)).toEqual([]);
  const before = gym.commits.length;
  await question.getByRole("button", { name: "Delete 3 classes" }).press("Enter");
  await expect(page.getByText("Deleted 3 classes.")).toHaveCount(1);
  await expect
    .poll(() => ids.map((id) => gym.of("schedules", id).at(-1)?.type))
    .toEqual(["del", "del", "del"]);
  expect(gym.commits.length - before).toBe(1);
  await expect(page.getByRole("button", { name: "Select", exact: true })).toBeFocused();
  await undo(page).click();
  await expect.poll(() => times(gym, ids)).toEqual(["Monday 700", "Monday 900", "Monday 1100"]);
});

test("by touch: classes that are tapped are given to a coach who is free", async ({
  visit,
  gym,
}) => {
  const { ids, coach, path } = await classes(gym, "Many Touch", [
    ["Monday", "700"],
    ["Monday", "900"],
    ["Tuesday", "900"],
  ]);
  const free = await gym.coach("Aaa Many Free");
  const page = await visit(`${path}&day=Monday`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.getByRole("button", { name: "Select", exact: true }).tap();
  await expect(boxes(page)).toHaveCount(2);
  for (const box of await boxes(page).all()) {
    await expect.poll(() => smaller(box)).toBeGreaterThanOrEqual(44);
    await box.tap();
    await expect(box).toBeChecked();
  }
  await expect(bar(page)).toContainText("2 selected");
  for (const button of await bar(page).getByRole("button").all()) {
    await expect.poll(async () => (await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await page.evaluate(() => scrollTo(0, 0)); // Nothing is half under a bar that stays.
  expect(await findingsInBoth(page)).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await bar(page).getByRole("button", { name: "Give to" }).tap();
  const drawer = await opened(page);
  await expect(drawer.getByRole("radio", { name: String(coach["name"]) })).toHaveCount(0);
  const to = drawer.getByRole("radio", { name: "Aaa Many Free" });
  await expect(to).toHaveAccessibleDescription("free then");
  await to.check();
  expect(await findingsInBoth(page)).toEqual([]);
  await drawer.getByRole("button", { name: "Give 2 classes to Aaa Many Free" }).tap();
  await expect(page.getByText("Aaa Many Free takes 2 classes every week.")).toBeVisible();
  const givers = () =>
    ids.map((id) => {
      const record = gym.of("schedules", id).at(-1)?.record;
      return (record?.["coach"] as { id: number } | undefined)?.id;
    });
  await expect.poll(givers).toEqual([free.id, free.id, coach.id]);
  await undo(page).click();
  await expect.poll(givers).toEqual([coach.id, coach.id, coach.id]);
});

test("only what the filters show is selected", async ({ visit, gym }) => {
  const { path, ids } = await classes(gym, "Many Shown", [["Thursday", "700"]]);
  const hidden = await gym.class("Many Hidden", "Thursday", "800");
  const page = await visit();
  await page.locator(`[data-class="${ids[0]}"]`).click({ modifiers: ["Control"] });
  await page.locator(`[data-class="${hidden.id}"]`).click({ modifiers: ["Control"] });
  await expect(bar(page)).toContainText("2 selected");
  await page.getByLabel("Workout plan").selectOption({ label: "Many Shown" });
  await expect(page).toHaveURL(path);
  await expect(bar(page)).toContainText("1 selected");
  await bar(page).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete 1 class" }).click();
  await expect.poll(() => gym.of("schedules", ids[0] ?? 0).at(-1)?.type).toBe("del");
  expect(gym.of("schedules", hidden.id)).toHaveLength(1);
});

test("a day is copied from its heading to other days; what would be there twice is told", async ({
  visit,
  gym,
}) => {
  const { path, ids, plan } = await classes(gym, "Many Days", [
    ["Monday", "700"],
    ["Monday", "900"],
    ["Thursday", "900"],
  ]);
  const page = await visit(path);
  await page
    .getByRole("columnheader")
    .getByRole("link", { name: /^Monday/ })
    .click();
  const drawer = await opened(page);
  const copy = drawer.getByRole("region", { name: "Copy Monday's classes to" });
  await expect(copy.getByText("2 classes of every Monday")).toBeVisible();
  await expect(copy.getByRole("checkbox", { name: "Monday" })).toBeDisabled();
  await copy.getByRole("checkbox", { name: "Thursday" }).check();
  await copy.getByRole("checkbox", { name: "Saturday" }).check();
  await expect(copy.getByText("Many Days on Thursday 09:00, Many Days Coach")).toBeVisible();
  expect(await findingsInBoth(page)).toEqual([]);
  const before = gym.commits.length;
  await copy.getByRole("button", { name: "Copy 3 classes" }).click();
  await expect(
    page.getByText("Copied 3 classes to Thursday and Saturday. 1 class was there already."),
  ).toBeVisible();
  const made = () =>
    gym.changes
      .filter(({ id, record }) => !ids.includes(id) && planOf(record) === plan.id)
      .map(({ record }) => `${String(record?.["day"])} ${String(record?.["hour"])}`);
  await expect.poll(made).toEqual(["Thursday 700", "Saturday 700", "Saturday 900"]);
  expect(gym.commits.length - before).toBe(1);
  await undo(page).click();
  await expect(page.getByText(/^3 of \d+ classes a week$/)).toBeVisible();
});

function planOf(record: Record<string, unknown> | null): number | undefined {
  return (record?.["workout_plan"] as { id: number } | undefined)?.id;
}
