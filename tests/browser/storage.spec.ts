import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, field, live, test } from "./fixtures";
import type { Gym } from "./gym";
import { fillStorage } from "./stored";

/** Edits a coach with a connection and without one, on a page that can keep nothing. */
async function edits(page: Page, gym: Gym, name: string, problem: string): Promise<void> {
  const coach = await gym.coach(name, { age: 30 });
  const ages = () => gym.of("coaches", coach.id).map((change) => change.record?.["age"]);
  await page.getByRole("link", { name }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await field(page, "Age").fill("31");
  await expect(page.getByText(problem)).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/ is saved$/)).toBeVisible();
  await expect.poll(ages).toEqual([30, 31]);

  // Where there is no service worker, a part that was never opened cannot be without a connection.
  await page.getByRole("button", { name: "Live" }).click();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await field(page, "Age").fill("32");
  await page.context().setOffline(true);
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("cannot be kept on this device. Leave this page open")).toBeVisible();
  await page.getByRole("button", { name: "1 unsent" }).click();
  await expect(page.getByText("this browser could not save it")).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.context().setOffline(false);
  await expect.poll(ages).toEqual([30, 31, 32]);
  await expect(page.getByText(problem)).toHaveCount(1);
}

test("with a full storage edits are sent, and it is said that they are not kept", async ({
  visit,
  gym,
}) => {
  const page = await visit("/coaches");
  await fillStorage(page);
  await edits(page, gym, "Fay Full", "There is no room left on this device");
  await page.getByRole("button", { name: /^Use the/ }).click();
  await expect(page.getByRole("heading", { name: "Fay Full" })).toBeVisible();
});

test("with a storage that the browser blocks the app works, without keeping", async ({
  playwright,
  launchOptions,
  server,
  gym,
}) => {
  // As a person does it: "block all cookies" also blocks storage, databases, locks and workers.
  const folder = mkdtempSync(join(tmpdir(), "spotter-blocked-"));
  mkdirSync(join(folder, "Default"));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(blocked));
  const context = await playwright.chromium.launchPersistentContext(folder, {
    ...launchOptions,
    baseURL: server.url,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.goto("/coaches");
  await live(page);
  const isBlocked = await page.evaluate(() => {
    try {
      return localStorage === undefined;
    } catch {
      return true;
    }
  });
  expect(isBlocked).toBe(true);
  await edits(page, gym, "Bo Blocked", "This browser does not let Spotter save");
  await page.getByRole("link", { name: "Sign in" }).click();
  await field(page, "Username").fill("admin");
  await field(page, "Password").fill("spotter-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  await page.getByRole("button", { name: /^Use the/ }).click();
  expect(errors).toEqual([]);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});
