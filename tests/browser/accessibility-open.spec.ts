/** What opens over a page, outside the timetable: axe finds nothing in either scheme. */
import type { Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { expect, go, signIn, test } from "./fixtures";

async function found(page: Page, where: string): Promise<string[]> {
  return (await findingsInBoth(page)).map((line) => `${where} ${line}`);
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

test("axe finds nothing in menus and dialogs of the lists and records", async ({ visit, gym }) => {
  const slot = await gym.class("Axe Open", "Monday", "600");
  const { coach, workout_plan: plan } = slot as never as Record<string, { id: number }>;
  const page = await visit("/coaches");
  const lines: string[] = [];
  const dialog = page.getByRole("dialog");
  const menu = page.getByRole("menu");
  for (const [path, name, opened] of [
    ["/coaches", "Spreadsheet", menu],
    ["/coaches", "Settings of this device", dialog],
    [`/coaches/${coach?.id}`, "Give classes to…", dialog],
    [`/coaches/${coach?.id}`, "Calendar", dialog],
    [`/plans/${plan?.id}`, "More", menu],
  ] as const) {
    await go(page, path);
    await button(page, name).click();
    await expect(opened).toBeVisible();
    lines.push(...(await found(page, name)));
    await page.keyboard.press("Escape");
    await expect(opened).toHaveCount(0);
  }
  await go(page, "/changes");
  await expect(page.getByRole("listitem").first()).toBeVisible();
  lines.push(...(await found(page, "/changes")));
  await go(page, `/coaches/${coach?.id}`);
  await button(page, "Delete").click();
  await expect(page.getByText("was not deleted")).toBeVisible();
  lines.push(...(await found(page, "a message")));
  await page.setViewportSize({ width: 1024, height: 768 });
  const rail = button(page, "The whole menu");
  await rail.click();
  await expect(rail).toHaveAttribute("aria-expanded", "true");
  lines.push(...(await found(page, "the opened rail")));
  expect(lines).toEqual([]);
});

test("axe finds nothing where accounts are made, and wrong fields are named", async ({ page }) => {
  await signIn(page, "admin", "spotter-demo");
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  await go(page, "/accounts");
  const lines: string[] = [];
  await button(page, "New account").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  lines.push(...(await found(page, "New account")));
  await button(page, "Add account").click();
  await expect(page.locator("[aria-invalid='true']").first()).toBeFocused();
  lines.push(...(await found(page, "New account, not filled in")));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await button(page, "Make password link: coach").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  lines.push(...(await found(page, "Password link")));
  expect(lines).toEqual([]);
});
