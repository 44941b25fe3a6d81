/** The packed library's data provider in an app of react-admin. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { cutOff, madeBy, PackageApp } from "./package-app";

/** Installing and building takes its time on a busy machine. */
const BUILDING = 600_000;

let app: PackageApp;

test.beforeAll(async ({ server }) => {
  test.setTimeout(BUILDING);
  app = await PackageApp.build("react-admin", server.url);
});
test.afterAll(() => app.remove());

const link = (page: Page, text: string) => page.getByRole("link", { name: text, exact: true });
const shown = (page: Page) => page.getByRole("listitem").allInnerTexts();

async function search(page: Page, text: string): Promise<void> {
  await page.getByLabel("Search").fill(text);
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByLabel(`Choose ${name}`).click();
  await expect(page.getByLabel(`Choose ${name}`)).toBeChecked();
}

test("a list is filtered, sorted and paged", async ({ page, server, gym }) => {
  for (const [at, name] of ["f", "b", "e", "a", "d", "c", "g"].entries())
    await gym.coach(`Paged ${name}`, { age: 55 + at });
  await page.goto(app.url(server.url));
  await search(page, "paged");
  await expect(page.getByTestId("total")).toHaveText("7");
  await expect
    .poll(() => shown(page))
    .toEqual(["a, 58", "b, 56", "c, 60", "d, 59", "e, 57"].map((text) => `Paged ${text}`));
  await page.getByRole("button", { name: "Next page" }).click();
  await expect.poll(() => shown(page)).toEqual(["Paged f, 55", "Paged g, 61"]);
  await page.getByRole("button", { name: "Old ones" }).click();
  await expect(page.getByTestId("total")).toHaveText("2");
  await page.getByRole("button", { name: "By age" }).click();
  await expect.poll(() => shown(page)).toEqual(["Paged g, 61", "Paged c, 60"]);
});

test("records are made, changed and deleted, and refusals stand at their fields", async ({
  page,
  server,
  gym,
}) => {
  await page.goto(app.url(server.url));
  await search(page, "admin ");
  await link(page, "New").click();
  await page.getByLabel("Name").fill("Admin Ada");
  await page.getByLabel("Age").fill("8");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Age").locator("+ em")).toContainText("18");
  await page.getByLabel("Age").fill("38");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(link(page, "Admin Ada, 38")).toBeVisible();
  const id = await madeBy(gym, "Admin Ada");

  await link(page, "Admin Ada, 38").click();
  await expect(page.getByLabel("Name")).toHaveValue("Admin Ada");
  // Somebody else changes another field meanwhile: both are kept.
  await gym.ask("update_coach", { id, age: 40 });
  await page.getByLabel("Name").fill("Admin Rose");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(link(page, "Admin Rose, 40")).toBeVisible();

  await gym.coach("Admin Ben");
  await madeBy(gym, "Admin Ben");
  await expect(link(page, "Admin Ben, 30")).toBeVisible();
  await choose(page, "Admin Ben");
  await choose(page, "Admin Rose");
  const before = gym.commits.length;
  await page.getByRole("button", { name: "Make 77" }).click();
  await expect(link(page, "Admin Ben, 77")).toBeVisible();
  await expect(link(page, "Admin Rose, 77")).toBeVisible();
  // Two records in one commit.
  await expect.poll(() => gym.commits.slice(before).map(({ length }) => length)).toEqual([2]);
  await page.getByRole("button", { name: "Delete chosen" }).click();
  await expect(link(page, "Admin Ben, 77")).toBeHidden();
  await expect(link(page, "Admin Rose, 77")).toBeHidden();
  await expect.poll(() => gym.of("coaches", id).at(-1)?.type).toBe("del");
  expect(gym.commits.at(-1)).toHaveLength(2);
});

test("what others do is shown at once, and after a drop what was missed", async ({
  page,
  server,
  gym,
}) => {
  const { id } = await gym.coach("Live Ada");
  await page.goto(app.url(server.url));
  await search(page, "live ");
  await expect(link(page, "Live Ada, 30")).toBeVisible();
  await gym.ask("update_coach", { id, age: 41 });
  await expect(link(page, "Live Ada, 41")).toBeVisible();
  await gym.coach("Live Ben");
  await expect(page.getByTestId("total")).toHaveText("2");

  await cutOff(page);
  await gym.ask("delete_coach", { id });
  await gym.coach("Live Cid");
  await gym.coach("Live Dan");
  await expect(link(page, "Live Ada, 41")).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByTestId("total")).toHaveText("3");
  await expect(link(page, "Live Ada, 41")).toBeHidden();
});
