/** The packed library's collections in an app of TanStack DB: of a whole channel, and of what a query asks for. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { cutOff, madeBy, PackageApp } from "./package-app";

/** Installing and building takes its time on a busy machine. */
const BUILDING = 600_000;

let app: PackageApp;

test.beforeAll(async ({ server }) => {
  test.setTimeout(BUILDING);
  app = await PackageApp.build("tanstack-db", server.url);
});
test.afterAll(() => app.remove());

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByText(new RegExp(`^${name}, `)) });
const text = (page: Page, name: string) => row(page, name).locator("span");
const first = (page: Page) => page.getByTestId("first");

async function add(page: Page, name: string, age = "30"): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Age").fill(age);
  await page.getByRole("button", { name: "Add" }).click();
}

for (const part of [false, true]) {
  const of = part ? "of what a query asks for" : "of a whole channel";

  test(`a collection ${of} is written, and follows others`, async ({ page, server, gym }) => {
    const { id: ben } = await gym.coach("Db Ben", { age: 50 });
    await page.goto(app.url(server.url, part ? { part: "" } : {}));
    await expect(text(page, "Db Ben")).toHaveText("Db Ben, 50");

    await add(page, "Db Ada");
    await expect(page.getByRole("alert")).toHaveText("Saved");
    await expect(text(page, "Db Ada")).toHaveText("Db Ada, 30");
    const id = await madeBy(gym, "Db Ada");
    await row(page, "Db Ada").getByRole("button", { name: "Older" }).click();
    await expect(text(page, "Db Ada")).toHaveText("Db Ada, 31");
    await expect.poll(() => gym.of("coaches", id).at(-1)?.record).toMatchObject({ age: 31 });

    await add(page, "Db Child", "8");
    await expect(page.getByRole("alert")).toContainText("18");
    await expect(row(page, "Db Child")).toBeHidden();

    await gym.ask("update_coach", { id, age: 45 });
    await expect(text(page, "Db Ada")).toHaveText("Db Ada, 45");
    await page.getByLabel("At least").fill("48");
    await expect(row(page, "Db Ada")).toBeHidden();
    await gym.ask("update_coach", { id, age: 48 });
    await expect(text(page, "Db Ada")).toHaveText("Db Ada, 48");
    await row(page, "Db Ada").getByRole("button", { name: "Remove" }).click();
    await expect(row(page, "Db Ada")).toBeHidden();
    await expect.poll(() => gym.of("coaches", id).at(-1)?.type).toBe("del");
    await gym.ask("delete_coach", { id: ben });
    await expect(row(page, "Db Ben")).toBeHidden();
  });

  test(`a collection ${of} has what it missed after a drop, and is written once`, async ({
    page,
    server,
    gym,
  }) => {
    const { id } = await gym.coach("Db Here");
    await page.goto(app.url(server.url, part ? { part: "" } : {}));
    await expect(row(page, "Db Here")).toBeVisible();
    await cutOff(page);
    await gym.coach("Db Missed");
    await row(page, "Db Here").getByRole("button", { name: "Older" }).click();
    await expect(text(page, "Db Here")).toHaveText("Db Here, 31");
    await add(page, "Db Made");
    await expect(row(page, "Db Made")).toBeVisible();
    await expect(row(page, "Db Missed")).toBeHidden();
    await expect.poll(() => gym.of("coaches", id)).toHaveLength(1);

    await page.context().setOffline(false);
    await expect(row(page, "Db Missed")).toBeVisible();
    await expect(page.getByRole("alert")).toHaveText("Saved");
    await expect(row(page, "Db Made")).toHaveCount(1);
    await expect
      .poll(() => gym.of("coaches", id).map(({ record }) => record?.["age"]))
      .toEqual([30, 31]);
    await madeBy(gym, "Db Made");
    expect(gym.changes.filter(({ record }) => record?.["name"] === "Db Made")).toHaveLength(1);
  });
}

test("a query's subset alone is held, in the server's order, and goes on being live", async ({
  page,
  server,
  gym,
}) => {
  for (const [at, name] of ["Zed", "Yan", "Xia", "zed"].entries())
    await gym.coach(`${name} Old`, { age: 96 + at });
  await gym.coach("Db One");
  const [a = "", b = ""] = gym
    .all("coaches")
    .filter(({ age }) => Number(age) >= 60)
    .map(({ name }) => String(name))
    .concat(["Xia Old", "Yan Old", "Zed Old", "zed Old"])
    .toSorted();
  await page.goto(app.url(server.url, { part: "" }));
  await expect(first(page)).toHaveText(`${a}, ${b}`);
  await expect(row(page, "Db One")).toBeVisible();
  const held = Number(await page.locator("main").getAttribute("data-held"));
  expect(held).toBeLessThan(gym.all("coaches").length);
  await gym.coach("AAA Old", { age: 70 });
  await expect(first(page)).toHaveText(`AAA Old, ${a}`);
});
