import type { Page } from "@playwright/test";
import { countEffort, typeByHand } from "./effort";
import { expect, test } from "./empty-gym";
import { live, opened } from "./fixtures";
import { Gym } from "./gym";

const coaches = [
  ["Ana Diaz", "34"],
  ["Ben Cole", "41"],
  ["Cleo Marsh", "29"],
  ["Dan Ivers", "52"],
] as const;

/** Each with what is typed to find its moves. */
const plans = [
  ["Push Day", "Chest and shoulders.", ["bench", "overhead", "plank"]],
  ["Pull Day", "Back and biceps.", ["pull-up", "bent", "curl"]],
  ["Leg Day", "Squats and lunges.", ["goblet", "lunge"]],
] as const;

/** Where one clicks in the timetable; what is typed for plan and coach; further days and times. */
const classes = [
  ["Monday", "07:00", "push", "ana", ["Wednesday", "Friday"], ["1800"]],
  ["Tuesday", "07:00", "pull", "ben", ["Thursday"], ["1200", "1800"]],
  ["Monday", "10:00", "leg", "cleo", ["Tuesday", "Wednesday", "Thursday"], ["1700"]],
  ["Saturday", "09:00", "push", "dan", ["Sunday"], ["1000", "1100"]],
  ["Friday", "10:00", "pull", "cleo", ["Saturday"], ["1700"]],
] as const;

/** A choice of the list that is open. */
const listed = (page: Page, name: string | RegExp) =>
  page.getByRole("listbox").getByRole("option", { name });

async function addCoaches(page: Page): Promise<void> {
  const form = page.getByRole("form", { name: "New coach" });
  await form.getByLabel("Name").click();
  for (const [name, age] of coaches) {
    await typeByHand(page, name);
    await page.keyboard.press("Tab");
    await typeByHand(page, age);
    await page.keyboard.press("Enter");
    await expect(form.getByLabel("Name")).toHaveValue("");
    await expect(form.getByLabel("Name")).toBeFocused();
  }
}

async function addPlan(page: Page, [name, about, moves]: (typeof plans)[number]): Promise<void> {
  await page.getByRole("button", { name: "New plan" }).click();
  const dialog = page.getByRole("dialog", { name: "New workout plan" });
  await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  await typeByHand(page, name);
  await page.keyboard.press("Tab");
  await typeByHand(page, "beg");
  await expect(listed(page, "Beginner")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Level" })).toHaveValue("Beginner");
  await page.keyboard.press("Tab");
  await typeByHand(page, about);
  await page.keyboard.press("Tab");
  for (const move of moves) {
    await typeByHand(page, move);
    await page.keyboard.press("Enter");
    await expect(dialog.getByPlaceholder("Search moves")).toHaveValue("");
  }
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toHaveCount(0);
}

async function addClasses(page: Page, given: (typeof classes)[number]): Promise<void> {
  const [day, time, plan, coach, days, times] = given;
  await page.getByRole("link", { name: `Add a class on ${day} at ${time}` }).click();
  const form = await opened(page);
  for (const [field, typed] of [
    ["Workout plan", plan],
    ["Coach", coach],
  ] as const) {
    await expect(form.getByRole("combobox", { name: field })).toBeFocused();
    await typeByHand(page, typed);
    const option = listed(page, new RegExp(`^${typed} `, "i"));
    await expect(option).toBeVisible();
    await page.keyboard.press("Enter");
    // The whole name, of which a part was typed.
    await expect(form.getByRole("combobox", { name: field })).toHaveValue(
      new RegExp(`^${typed} \\w+$`, "i"),
    );
    await page.keyboard.press("Tab");
  }
  for (const other of days) await form.getByRole("checkbox", { name: other }).click();
  for (const [at, other] of times.entries()) {
    await form.getByRole("button", { name: "Add a time" }).click();
    const input = form.getByLabel(`Time ${at + 2}`);
    await expect(input).toBeFocused();
    await typeByHand(page, other);
    await expect(input).toHaveValue(other);
  }
  await page.keyboard.press("Enter");
  await expect(form).toHaveCount(0);
}

/** How many classes the server has. */
async function countOf(url: string): Promise<number> {
  const gym = await Gym.connect(url);
  gym.close();
  return gym.all("schedules").length;
}

test("a first week of 30 classes takes a person under 60 clicks and 400 keys", async ({
  page,
  empty,
}, info) => {
  test.slow();
  const effort = await countEffort(page);
  await page.goto("/");
  await live(page);
  await addCoaches(page);
  await page.getByRole("button", { name: "Add 40 starter moves" }).click();
  await expect(page.getByText("Done: 40 moves")).toBeVisible();
  for (const plan of plans) await addPlan(page, plan);
  await expect(page.getByText("Done: 3 plans")).toBeVisible();
  for (const each of classes) await addClasses(page, each);
  await expect(page.getByText("30 classes a week")).toBeVisible();

  const { clicks, keys } = await effort();
  info.annotations.push({ type: "effort", description: `${clicks} clicks, ${keys} keys` });
  expect(clicks).toBeLessThan(60);
  expect(keys).toBeLessThan(400);
  // What is not counted would cost nothing.
  expect(clicks).toBeGreaterThan(20);
  expect(keys).toBeGreaterThan(200);

  // It is shown before the server has it.
  await expect.poll(() => countOf(empty.url)).toBe(30);
  const gym = await Gym.connect(empty.url);
  const used = (gym.all("workout_plans") as unknown as { exercise_moves: { id: number }[] }[])
    .flatMap((plan) => plan.exercise_moves)
    .map(({ id }) => id);
  expect(gym.all("coaches").map(({ name }) => name)).toEqual(coaches.map(([name]) => name));
  expect(gym.all("workout_plans")).toHaveLength(3);
  expect(new Set(used).size).toBe(8);
  const week = gym.all("schedules").map(({ day, hour }) => `${String(day)} ${String(hour)}`);
  expect(week).toHaveLength(30);
  expect(week).toContain("Thursday 1200");
  gym.close();
});
