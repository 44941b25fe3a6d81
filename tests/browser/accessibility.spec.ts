import type { Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { expect, field, go, goOffline, signIn, test } from "./fixtures";

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** What axe finds on a page as it stands, in both schemes. */
async function found(page: Page, where: string, viewports = [desktop]): Promise<string[]> {
  const lines: string[] = [];
  for (const viewport of viewports) {
    await page.setViewportSize(viewport);
    const all = await findingsInBoth(page);
    lines.push(...all.map((line) => `${where} ${viewport.width} ${line}`));
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider, `${where} at ${viewport.width}`).toBeLessThanOrEqual(0);
  }
  return lines;
}

/** Waits until the page is there, and no other one. */
async function ready(page: Page, path: string): Promise<void> {
  await go(page, path);
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
}

const both = [desktop, phone];

test("axe finds nothing on any page", async ({ visit }) => {
  const page = await visit();
  const lines = await found(page, "/", both);
  for (const path of [
    "/coaches",
    "/coaches/1",
    "/coaches/1/edit",
    "/plans",
    "/plans/1",
    "/plans/1/edit",
    "/moves",
    "/moves/1",
    "/moves/new",
    "/developers/numbers",
    "/import",
    "/account",
    "/nowhere",
    "/coaches/999999",
    "/classes/999999",
    "/classes/1",
    "/classes/new?day=Monday&hour=900",
  ]) {
    await ready(page, path);
    lines.push(...(await found(page, path)));
  }
  expect(lines).toEqual([]);
});

test("axe finds nothing on the page of accounts, its questions, and the one before signing out", async ({
  page,
  gym,
}) => {
  const coach = await gym.coach("Alice Axe", { age: 30 });
  await signIn(page, "admin", "spotter-demo");
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  await ready(page, "/accounts");
  await expect(page.getByRole("row", { name: "coach coach" })).toBeVisible();
  const lines = await found(page, "/accounts", both);
  for (const [button, question] of [
    ["Change role: coach", "Change role"],
    ["Set password: coach", "Set password"],
    ["Delete: coach", "Delete account"],
  ] as const) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await expect(page.getByRole("dialog", { name: question })).toBeVisible();
    lines.push(...(await found(page, question, both)));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.setViewportSize(desktop);
  await ready(page, `/coaches/${coach.id}/edit`);
  await goOffline(page);
  await field(page, "Age").fill("31");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "1 unsent" }).click();
  await expect(page.getByRole("dialog", { name: "Your edits" })).toBeVisible();
  lines.push(...(await found(page, "Your edits", both)));
  await page.keyboard.press("Escape");
  await ready(page, "/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("dialog", { name: "Sign out with 1 unsent edit?" })).toBeVisible();
  lines.push(...(await found(page, "Sign out", both)));
  expect(lines).toEqual([]);
});

test("axe finds nothing in what opens over a page, and where two edits collide", async ({
  visit,
  gym,
}) => {
  const coach = await gym.coach("Colin Collide", { age: 30 });
  const page = await visit();
  const lines: string[] = [];
  for (const [open, name] of [
    [() => page.keyboard.press("Control+k"), "Search"],
    [() => page.keyboard.press("?"), "Keyboard shortcuts"],
    [() => page.getByRole("button", { name: /^Who is here/ }).click(), "Who is here"],
    [() => page.locator("[data-status]").click(), "Your edits"],
  ] as const) {
    await page.setViewportSize(desktop);
    await open();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    lines.push(...(await found(page, name, both)));
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  await page.setViewportSize(desktop);
  await ready(page, `/coaches/${coach.id}/edit`);
  await field(page, "Age").fill("50");
  await gym.ask("update_coach", { id: coach.id, age: 40 });
  await expect(page.getByRole("button", { name: "Mine: 50" })).toBeVisible();
  lines.push(...(await found(page, "a conflict", both)));
  await gym.ask("delete_coach", { id: coach.id });
  await expect(page.getByText("deleted this meanwhile")).toBeVisible();
  lines.push(...(await found(page, "a deleted record", both)));
  expect(lines).toEqual([]);
});
