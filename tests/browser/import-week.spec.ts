import { countEffort } from "./effort";
import { expect, test } from "./empty-gym";
import { live } from "./fixtures";
import { Gym } from "./gym";
import { choose, week } from "./tables";

async function countsOf(url: string): Promise<number[]> {
  const gym = await Gym.connect(url);
  const channels = ["coaches", "exercise_moves", "workout_plans", "schedules"];
  const counts = channels.map((channel) => gym.all(channel).length);
  gym.close();
  return counts;
}

test("a week of 30 classes comes into an empty gym in under 10 clicks", async ({ page, empty }) => {
  const effort = await countEffort(page);
  await page.goto("/");
  await live(page);
  await page.getByRole("link", { name: "import the week from a spreadsheet" }).click();
  await choose(page, week.classes, week.plans, week.moves, week.coaches);
  await page.getByRole("button", { name: "Save 45 rows" }).click();
  await expect(page.getByText(/^45 rows are saved\./)).toBeVisible();
  expect(await effort()).toEqual({ clicks: 3, keys: 0 });
  expect(await countsOf(empty.url)).toEqual([4, 8, 3, 30]);
  const gym = await Gym.connect(empty.url);
  expect(gym.all("workout_plans")[0]?.["exercise_moves"]).toMatchObject([
    { name: "Squat", sets: 3, reps: "8-12", rest: null },
    { name: "Lunge", sets: 3, reps: "8-12", rest: null },
    { name: "Press" },
    { name: "Row" },
  ]);
  gym.close();
  await page.getByRole("link", { name: "Timetable" }).click();
  await expect(page.getByText(/30 classes/)).toBeVisible();
});

test("the table of the classes alone is enough, but for the ages of the coaches", async ({
  page,
  empty,
}) => {
  const effort = await countEffort(page);
  await page.goto("/");
  await live(page);
  await page.getByRole("link", { name: "import the week from a spreadsheet" }).click();
  await choose(page, week.classes);
  await page.getByRole("button", { name: "Add these 3 workout plans" }).click();
  await page.getByRole("button", { name: "Add these 4 coaches" }).click();
  for (const [at, age] of ["31", "32", "33", "34"].entries()) {
    await expect(page.getByRole("textbox", { name: `Age, row ${at + 1}` })).toBeFocused();
    await page.keyboard.type(age);
    await page.keyboard.press("Tab");
    // Past what can be done with the row.
    if (at < 3) await page.keyboard.press("Tab");
    if (at < 3) await page.keyboard.press("Tab");
  }
  await page.getByRole("button", { name: "Save 38 rows" }).click();
  await expect(page.getByText(/^38 rows are saved\./)).toBeVisible();
  expect((await effort()).clicks).toBe(5);
  expect(await countsOf(empty.url)).toEqual([4, 1, 3, 30]);
});
