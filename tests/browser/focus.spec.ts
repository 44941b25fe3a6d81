/** By keyboard: what opens has the focus, and gives it back to where it came from. */
import type { Locator, Page } from "@playwright/test";
import { expect, go, signIn, test } from "./fixtures";

/** Opens it by its button, looks where the focus is, closes it, and looks again. */
async function opensAndGivesBack(page: Page, button: Locator, opened: Locator): Promise<void> {
  await button.press("Enter");
  await expect(opened).toBeVisible();
  await expect(opened.locator(":focus")).toBeAttached();
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
  for (const action of ["Reset link", "Set password", "Change role", "Delete"]) {
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
  await expect(found.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(found.nth(1)).toHaveAttribute("aria-selected", "true");
  const id = await found.nth(1).getAttribute("id");
  await expect(search).toHaveAttribute("aria-activedescendant", id ?? "");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Ben Whitaker" })).toBeVisible();
});
