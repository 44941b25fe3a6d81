import type { Locator, Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, field, goOffline, live, opened, test } from "./fixtures";
import { Gym } from "./gym";
import { Server, STARTING } from "./server";

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });
const box = (within: Locator, name: string) => within.getByRole("combobox", { name });

/** The dialog once one can type into it. */
async function ready(page: Page, name: string): Promise<Locator> {
  const found = dialog(page, name);
  await expect(found.locator(":focus")).toBeAttached();
  return found;
}

test("in an empty gym a class makes its plan, that a move, and its coach, by keyboard alone", async ({
  visit,
}) => {
  test.setTimeout(STARTING + 180_000);
  const server = await Server.startEmpty();
  const gym = await Gym.connect(server.url);
  try {
    const page = await visit("/classes/new?day=Monday&hour=900", { baseURL: server.url });
    const keys = page.keyboard;
    const form = await opened(page);
    await box(form, "Workout plan").focus();
    await keys.type("Push Day");
    await expect(page.getByRole("listbox").getByRole("option")).toHaveText([
      'New workout plan "Push Day"',
    ]);
    await keys.press("ArrowDown");
    await keys.press("Enter");

    const plan = await ready(page, "New workout plan");
    await expect(plan.getByRole("textbox", { name: "Name" })).toHaveValue("Push Day");
    await expect(box(plan, "Level")).toBeFocused();
    await keys.type("Beginner");
    await keys.press("Tab");
    await keys.type("Chest, shoulders and triceps.");
    await keys.press("Tab");
    await expect(plan.getByPlaceholder("Search moves")).toBeFocused();
    await keys.type("Bench Press");
    await keys.press("Enter");

    const move = await ready(page, "New exercise move");
    await expect(move.getByRole("textbox", { name: "Name" })).toHaveValue("Bench Press");
    await expect(box(move, "Focus")).toBeFocused();
    await keys.type("Chest");
    await keys.press("Tab");
    await keys.type("Lower the bar, press it up.");
    expect(await findings(page)).toEqual([]);
    await keys.press("Control+Enter");
    await expect(move).toHaveCount(0);
    await expect(plan.getByText("Bench Press").first()).toBeVisible();
    // The keys of the one on top did nothing to those below.
    await expect(page.locator("[aria-invalid='true']")).toHaveCount(0);
    await expect(plan.getByPlaceholder("Search moves")).toBeFocused();
    expect(await findings(page)).toEqual([]);
    await keys.press("Control+Enter");
    await expect(plan).toHaveCount(0);
    await expect(box(form, "Workout plan")).toHaveValue("Push Day");
    await expect(box(form, "Workout plan")).toBeFocused();

    await keys.press("Tab");
    await keys.type("Ana Diaz");
    await keys.press("Enter");
    const coach = await ready(page, "New coach");
    await expect(coach.getByRole("textbox", { name: /^Age/ })).toBeFocused();
    await keys.type("34");
    await keys.press("Enter");
    await expect(coach).toHaveCount(0);
    await expect(box(form, "Coach")).toHaveValue("Ana Diaz");
    await keys.press("Control+Enter");
    await expect(form).toHaveCount(0);
    await expect
      .poll(() => gym.changes.at(-1)?.record)
      .toMatchObject({ day: "Monday", hour: "900", coach: { name: "Ana Diaz" } });
  } finally {
    gym.close();
    await server.remove();
  }
});

test("escape leaves the dialog on top alone, and the form behind it as it was", async ({
  visit,
}) => {
  const page = await visit("/classes/new?day=Monday&hour=900");
  const form = await opened(page);
  await form.getByLabel("Room").fill("Roof");
  await box(form, "Workout plan").fill("Nobody Has This");
  await page.getByRole("option", { name: 'New workout plan "Nobody Has This"' }).click();
  const plan = await ready(page, "New workout plan");
  await plan.getByPlaceholder("Search moves").fill("Nor This");
  await plan.getByRole("button", { name: 'New move "Nor This"' }).click();
  await ready(page, "New exercise move");
  await page.keyboard.press("Escape");
  await expect(dialog(page, "New exercise move")).toHaveCount(0);
  await expect(plan.getByPlaceholder("Search moves")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(plan).toHaveCount(0);
  await expect(box(form, "Workout plan")).toBeFocused();
  await expect(form.getByLabel("Room")).toHaveValue("Roof");
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
});

test("the list of moves is gone through by the arrows", async ({ visit, gym }) => {
  const page = await visit("/plans/new");
  const search = page.getByPlaceholder("Search moves");
  await search.focus();
  await expect(search).toBeFocused();
  await page.keyboard.type("press");
  await expect(page.getByRole("button", { name: "Add Leg Press" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const buttons = page.getByRole("button", { name: /^Add .*Press/ });
  await expect(buttons.nth(1)).toBeFocused();
  const name = (await buttons.nth(1).getAttribute("aria-label"))?.replace("Add ", "") ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: `Sets of ${name}`, exact: true })).toBeVisible();
  await expect(search).toBeFocused();
  await expect(search).toHaveValue("");
  // The last one is a new move, and after it one types again.
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("button", { name: "New move" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(search).toBeFocused();
  expect(gym.changes).toEqual([]);
});

test("a coach that is made without a connection is there when the class is saved with one", async ({
  visit,
  gym,
}) => {
  const page = await visit("/classes/new?day=Sunday&hour=700");
  const form = await opened(page);
  await box(form, "Workout plan").click();
  await page.getByRole("listbox").getByRole("option").first().click();
  // What it consists of is there once it was open, or a moment after the page.
  await box(form, "Coach").fill("Olga Offline");
  await page.getByRole("option", { name: 'New coach "Olga Offline"' }).click();
  await (await ready(page, "New coach")).getByRole("button", { name: "Cancel" }).click();
  await goOffline(page);
  await box(form, "Coach").fill("Olga Offline");
  await page.getByRole("option", { name: 'New coach "Olga Offline"' }).click();
  const coach = await ready(page, "New coach");
  await expect(coach.getByRole("textbox", { name: /^Age/ })).toBeFocused();
  await page.keyboard.type("41");
  await page.keyboard.press("Enter");
  await expect(box(form, "Coach")).toHaveValue("Olga Offline");
  await page.context().setOffline(false);
  const made = () => gym.changes.find(({ record }) => record?.["name"] === "Olga Offline");
  await expect.poll(made).toBeTruthy();
  await expect(box(form, "Coach")).toHaveValue("Olga Offline");
  await form.getByRole("button", { name: "Add class" }).click();
  await expect(form).toHaveCount(0);
  await expect
    .poll(() => gym.changes.at(-1)?.record)
    .toMatchObject({ day: "Sunday", coach: { id: made()?.id, name: "Olga Offline" } });
});

test("a new account makes its coach in place, over its own dialog", async ({ page }) => {
  await page.goto("/account");
  await live(page);
  await field(page, "Username").fill("admin");
  await field(page, "Password").fill("spotter-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Accounts", exact: true }).click();
  await page.getByRole("button", { name: "New account" }).click();
  const account = await ready(page, "New account");
  await account.getByRole("textbox", { name: "Username" }).fill("kept.here");
  await box(account, "Coach").fill("Nora New");
  await page.keyboard.press("Enter");
  await ready(page, "New coach");
  await page.keyboard.press("Escape");
  await expect(dialog(page, "New coach")).toHaveCount(0);
  await expect(account.getByRole("textbox", { name: "Username" })).toHaveValue("kept.here");
  await expect(box(account, "Coach")).toBeFocused();
});
