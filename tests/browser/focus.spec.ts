/** By keyboard: what opens has the focus, and gives it back to where it came from. */
import type { Locator, Page } from "@playwright/test";
import { expect, go, signIn, test } from "./fixtures";

/** Opens it by its button, looks where the focus is, closes it, and looks again. */
async function opensAndGivesBack(
  page: Page,
  button: Locator,
  opened: Locator,
  first?: Locator,
): Promise<void> {
  await button.press("Enter");
  await expect(opened).toBeVisible();
  await expect(first ?? opened.locator(":focus")).toBeAttached();
  if (first) await expect(first).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(opened).toHaveCount(0);
  await expect(button).toBeFocused();
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

test("the focus goes back from each dialog and menu", async ({ visit, gym }) => {
  const slot = await gym.class("Focus Back", "Monday", "600");
  const { coach, workout_plan: plan } = slot as never as Record<string, { id: number }>;
  const page = await visit("/coaches");
  for (const [name, dialog] of [
    ["Search", "Search"],
    ["Keyboard shortcuts", "Keyboard shortcuts"],
    [/^Who is here/, "Who is here"],
    ["Live", "Your edits"],
  ] as const) {
    await opensAndGivesBack(page, button(page, name), page.getByRole("dialog", { name: dialog }));
  }
  await opensAndGivesBack(page, button(page, "Spreadsheet"), page.getByRole("menu"));
  await go(page, `/coaches/${coach?.id}`);
  await opensAndGivesBack(page, button(page, "Give classes to…"), page.getByRole("dialog"));
  await opensAndGivesBack(page, button(page, "Calendar"), page.getByRole("dialog"));
  await go(page, `/plans/${plan?.id}`);
  await opensAndGivesBack(page, button(page, "More"), page.getByRole("menu"));
});

test("so it does from the questions about an account", async ({ page }) => {
  await signIn(page, "admin", "spotter-demo");
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  await go(page, "/accounts");
  const dialog = page.getByRole("dialog");
  await opensAndGivesBack(page, button(page, "New account"), dialog);
  for (const action of ["Make password link", "Set password", "Change role", "Delete"]) {
    await opensAndGivesBack(page, button(page, `${action}: coach`), dialog);
  }
});

test("the search says what the arrows are at", async ({ visit }) => {
  const page = await visit("/coaches");
  await page.keyboard.press("n");
  await expect(page.getByRole("textbox", { name: /^Name/ })).toBeFocused();
  // From within a form, too.
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Search everything" });
  await expect(search).toBeFocused();
  await search.fill("ben whitaker");
  const found = page.getByRole("listbox", { name: "What was found" }).getByRole("option");
  await expect(found.first()).toContainText("Ben Whitaker");
  await expect(found.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(found.nth(1)).toHaveAttribute("aria-selected", "true");
  const id = await found.nth(1).getAttribute("id");
  await expect(search).toHaveAttribute("aria-activedescendant", id ?? "");
  await page.keyboard.press("ArrowUp");
  await expect(found.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Ben Whitaker" })).toBeVisible();
});

test("a class, one date of it and a day open in their first field, a record that is gone on its heading", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Focus First", "Thursday", "600");
  const plan = (slot["workout_plan"] as { id: number }).id;
  const page = await visit(`/?plan=${plan}&week=2037-W52`);
  const dialog = page.getByRole("dialog");
  const within = [
    [`/classes/${slot.id}`, dialog.getByRole("combobox", { name: "Workout plan" })],
    ["/classes/new", dialog.getByRole("combobox", { name: "Workout plan" })],
    [`/classes/${slot.id}/2037-12-24`, dialog.getByRole("radio", { name: "Takes place as usual" })],
    ["/days/2037-12-24", dialog.getByRole("textbox", { name: "Reason" })],
    ["/classes/999999", dialog.getByText("Class", { exact: true })],
    ["/days/2037-02-30", dialog.getByText("No such date")],
  ] as const;
  for (const [path, first] of within) {
    await go(page, path);
    await expect(first, path).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  // Where the page and its records come after the address, too.
  for (const [path, first] of within) {
    await page.goto(path);
    await expect(first, path).toBeFocused();
  }
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("table").getByRole("link", { name: "Focus First" }).waitFor();
});

test("what is to be done with several classes opens in its first field", async ({ visit, gym }) => {
  const slot = await gym.class("Focus Many", "Thursday", "600");
  const page = await visit(`/?plan=${(slot["workout_plan"] as { id: number }).id}`);
  await button(page, "Select").press("Enter");
  const bar = page.getByRole("region", { name: "Selected classes" });
  await bar.getByRole("button", { name: /^Select all / }).press("Enter");
  const dialog = page.getByRole("dialog");
  for (const [name, first] of [
    ["Move", dialog.getByRole("combobox", { name: "Day" })],
    ["Copy", dialog.getByRole("checkbox", { name: "Monday" })],
    ["Give to", dialog.getByRole("radio").first()],
  ] as const) {
    await opensAndGivesBack(page, bar.getByRole("button", { name }), dialog, first);
  }
});
