import type { Page } from "@playwright/test";
import { standStill } from "./clock";
import { card, expect, field, test } from "./fixtures";
import type { Gym } from "./gym";
import { hear } from "./hear";

const made = (gym: Gym, day: string, plan: unknown) =>
  gym.changes.filter(
    ({ type, record }) =>
      type === "put" &&
      record?.["day"] === day &&
      (record["workout_plan"] as { name?: string }).name === plan,
  );

/** The button of a day in the drawer of a class. */
const dayButton = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true });

/** Once this is at the server all that the page asked for before is there: its edits go in order. */
async function copyTo(page: Page, gym: Gym, name: string, plan: string): Promise<void> {
  await dayButton(page, name).click();
  await expect.poll(() => made(gym, name, plan).length).toBe(1);
}

test("a double click copies once, and so do two fast taps and a key that is held", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Copy Once", "Monday", "600");
  const page = await visit(`/classes/${slot.id}`, { hasTouch: true });
  const heard = await hear(page);
  await standStill(page);
  await dayButton(page, "Thursday").dblclick();
  await dayButton(page, "Friday").tap();
  await dayButton(page, "Friday").tap();
  await dayButton(page, "Saturday").focus();
  for (let repeats = 0; repeats < 4; repeats += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await copyTo(page, gym, "Sunday", "Copy Once");
  for (const day of ["Thursday", "Friday", "Saturday"]) {
    expect(made(gym, day, "Copy Once"), day).toHaveLength(1);
  }
  for (const day of ["Thursday", "Friday", "Saturday", "Sunday"]) {
    const text = `Copy Once is copied to ${day}.`;
    await expect.poll(() => heard(text), text).toBe(1);
  }
});

test("the menu of a class copies to all days once", async ({ visit, gym }) => {
  const slot = await gym.class("Copy All", "Monday", "600");
  const page = await visit("/?plan=" + (slot["workout_plan"] as { id: number }).id);
  const heard = await hear(page);
  await standStill(page);
  const week = card(page, "Copy All");
  await week.hover();
  await page.getByRole("button", { name: /^More for Copy All/ }).click();
  await page.getByRole("menuitem", { name: "Copy to" }).hover();
  // The menu goes with the first click, so the second one comes from the same instant.
  await page.getByRole("menuitem", { name: "All other days" }).evaluate((item: HTMLElement) => {
    item.click();
    item.click();
  });
  await expect.poll(() => made(gym, "Sunday", "Copy All").length).toBe(1);
  await week.first().click();
  await page.getByRole("button", { name: "Delete this class" }).dblclick();
  await expect.poll(() => gym.of("schedules", slot.id).at(-1)?.type).toBe("del");
  await expect.poll(() => heard("Copy All on Monday at 06:00 was deleted")).toBe(1);
  await expect(page.getByText("was not deleted")).toHaveCount(0);
  for (const day of ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) {
    expect(made(gym, day, "Copy All"), day).toHaveLength(1);
  }
});

test("a form is saved once by a double click, and by Enter twice", async ({ visit, gym }) => {
  const page = await visit("/coaches/new");
  await standStill(page);
  await field(page, "Name").fill("Olly Once");
  await field(page, "Age").fill("30");
  await page.getByRole("button", { name: "Add coach" }).dblclick();
  await expect(page.getByRole("heading", { name: "Olly Once" })).toBeVisible();
  await page.goto("/coaches/new");
  await field(page, "Age").fill("31");
  await field(page, "Name").fill("Enid Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Enid Enter" })).toBeVisible();
  const names = () => gym.changes.map(({ record }) => record?.["name"]);
  // What is shown may not have been sent yet.
  await expect.poll(names).toContain("Enid Enter");
  await gym.coach("Last One");
  await expect.poll(names).toContain("Last One");
  for (const name of ["Olly Once", "Enid Enter"]) {
    expect(
      names().filter((each) => each === name),
      name,
    ).toHaveLength(1);
  }
});
