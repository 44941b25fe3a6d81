/** 320 px wide: nothing makes a page scroll sideways, whatever the words. */
import type { Page } from "@playwright/test";
import { expect, go, opened, signIn, test } from "./fixtures";
import type { Gym } from "./gym";
import { lasting } from "./lasting";

const SURNAME = "Wolfeschlegelsteinhausenbergerdorf"; // 34 letters
const UNBROKEN = `https://video.example/${"Kettlebell".repeat(9)}`; // 112 letters
const LONG = "Oberkörperkraftausdauerzirkeltraining"; // 37 letters

/** What is wider than the page, the innermost, once all is drawn. */
async function tooWide(page: Page): Promise<string[]> {
  return lasting(() => tooWideNow(page));
}

async function tooWideNow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const dialog = Array.from(document.querySelectorAll("[aria-modal=true]")).at(-1);
    const inDialog = dialog !== undefined && dialog.scrollWidth > dialog.clientWidth;
    if (scrollWidth <= clientWidth && innerWidth <= 320 && !inDialog) return [];
    const all = Array.from((dialog ?? document.body).querySelectorAll<HTMLElement>("*"));
    const wide = all.filter((each) => each.getBoundingClientRect().right > 321);
    return wide
      .filter((each) => !wide.some((other) => other !== each && each.contains(other)))
      .slice(0, 3)
      .map((each) => `${each.tagName}.${each.className} "${each.textContent.slice(0, 30)}"`)
      .concat(`${scrollWidth} of ${clientWidth}`);
  });
}

/** A gym with words that cannot be broken: what is to be seen of each. */
async function seed(gym: Gym) {
  const username = `Wolfe${Date.now()}`.padEnd(40, "steinhausen");
  const coach = await gym.coach(`Al ${SURNAME}`, { username, password: "long enough" });
  const move = await gym.ask("new_exercise_move", {
    name: LONG,
    focus: "Oberkörperkraftausdauerübungen",
    description: UNBROKEN,
    video_link: UNBROKEN,
  });
  const plan = await gym.ask("new_workout_plan", {
    name: LONG,
    difficulty: "Intermediate",
    description: UNBROKEN,
    exercise_moves: [{ id: move.id, sets: 3, reps: "8-12", rest: 90, notes: UNBROKEN }],
  });
  const slot = await gym.ask("new_schedule", {
    day: "Wednesday",
    hour: "1800",
    room: LONG,
    coach,
    workout_plan: plan,
  });
  await gym.ask("update_coach", { id: coach.id, name: `Bo ${SURNAME}` });
  return { coach, move, plan, slot };
}

test("no page scrolls sideways at 320", async ({ visit, gym }) => {
  const { coach, move, plan, slot } = await seed(gym);
  const page = await visit("/coaches", {
    viewport: { width: 320, height: 568 },
    hasTouch: true,
    isMobile: true,
  });
  await signIn(page, "admin", "spotter-demo");
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  const found: string[] = [];
  for (const path of [
    "/",
    `/classes/${slot.id}`,
    "/classes/new?day=Monday&hour=900",
    "/coaches",
    `/coaches/${coach.id}`,
    `/coaches/${coach.id}/edit`,
    "/coaches/new",
    "/plans",
    `/plans/${plan.id}`,
    `/plans/${plan.id}/edit`,
    "/plans/new",
    "/moves",
    `/moves/${move.id}`,
    `/moves/${move.id}/edit`,
    "/moves/new",
    "/changes",
    "/import",
    "/account",
    "/accounts",
    "/developers",
    "/nowhere",
    "/coaches/999999",
  ]) {
    await go(page, path);
    await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    if (path.startsWith("/classes")) await expect(page.getByRole("dialog")).toBeVisible();
    found.push(...(await tooWide(page)).map((line) => `${path} ${line}`));
  }
  expect(found).toEqual([]);
});

for (const width of [320, 820]) {
  test(`no button loses a part of its word at ${width}, beside however long a text`, async ({
    visit,
    gym,
  }) => {
    const { plan } = await seed(gym);
    const description = "Squats first while one is fresh, then one leg at a time. "
      .repeat(4)
      .trim();
    await gym.ask("update_workout_plan", { id: plan.id, description });
    const viewport = { width, height: 1180 };
    const page = await visit("/changes", { viewport, hasTouch: true, isMobile: true });
    for (const path of ["/changes", `/plans/${plan.id}`]) {
      await go(page, path);
      await expect(page.getByRole("button", { name: /^Undo/ }).first()).toBeVisible();
      const cut = () =>
        page.getByRole("main").evaluate((main) =>
          Array.from(main.querySelectorAll("button"), (each) =>
            each.querySelector("span > span:last-child"),
          )
            .filter((label) => label !== null && label.scrollWidth > label.clientWidth + 1)
            .map((label) => label?.textContent),
        );
      await expect.poll(cut, path).toEqual([]);
    }
  });
}

test("no dialog does either, nor a message", async ({ visit, gym }) => {
  const { coach } = await seed(gym);
  const page = await visit("/coaches", { viewport: { width: 320, height: 568 }, hasTouch: true });
  const found: string[] = [];
  await page.getByRole("button", { name: "Search", exact: true }).click();
  const search = page.getByRole("dialog", { name: "Search" });
  await search.getByRole("combobox").fill("Wolfe");
  await expect(search.getByText(SURNAME).first()).toBeVisible();
  found.push(...(await tooWide(page)).map((line) => `search ${line}`));
  await search.getByRole("combobox").fill("kraftausdauer");
  await expect(search.getByText(LONG).first()).toBeVisible();
  found.push(...(await tooWide(page)).map((line) => `search ${line}`));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  for (const [button, dialog] of [
    [/^Who is here/, "Who is here"],
    ["Live", "Your edits"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    await expect(await opened(page)).toHaveAccessibleName(dialog);
    found.push(...(await tooWide(page)).map((line) => `${dialog} ${line}`));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.keyboard.press("?");
  await expect(await opened(page)).toHaveAccessibleName("Keyboard shortcuts");
  found.push(...(await tooWide(page)).map((line) => `shortcuts ${line}`));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await go(page, `/coaches/${coach.id}`);
  await page.getByRole("button", { name: "Give classes" }).click();
  await opened(page);
  found.push(...(await tooWide(page)).map((line) => `give classes ${line}`));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("was not deleted")).toBeVisible();
  found.push(...(await tooWide(page)).map((line) => `message ${line}`));
  expect(found).toEqual([]);
});
