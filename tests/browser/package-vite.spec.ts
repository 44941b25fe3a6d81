/** The packed library in a new app of Vite and React. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { cutOff, madeBy, PackageApp } from "./package-app";
import { Proxy } from "./proxy";

/** Installing and building takes its time on a busy machine. */
const BUILDING = 600_000;

let app: PackageApp;

test.beforeAll(async ({ server }) => {
  test.setTimeout(BUILDING);
  app = await PackageApp.build("vite", server.url);
});
test.afterAll(() => app.remove());

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

const live = (page: Page) => expect(page.locator("[data-status='live']")).toBeVisible();

async function add(page: Page, name: string, age = "30"): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Age").fill(age);
  await page.getByRole("button", { name: "Add" }).click();
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await row(page, from).getByLabel("New name").fill(to);
  await row(page, from).getByRole("button", { name: "Rename" }).click();
}

test("records are listed, made, changed and deleted, and follow others", async ({
  page,
  server,
  gym,
}) => {
  await page.goto(app.url(server.url));
  await expect(page.getByRole("listitem")).toHaveCount(gym.all("coaches").length);

  await add(page, "Packed Ada");
  await expect(row(page, "Packed Ada")).toBeVisible();
  const id = await madeBy(gym, "Packed Ada");

  await add(page, "Packed Child", "8");
  await expect(page.getByRole("alert")).toContainText("18");
  await expect(row(page, "Packed Child")).toBeHidden();

  await rename(page, "Packed Ada", "Packed Rose");
  await expect(row(page, "Packed Rose")).toBeVisible();
  await expect.poll(() => gym.of("coaches", id)).toHaveLength(2);
  await gym.ask("update_coach", { id, name: "Packed Others" });
  await expect(row(page, "Packed Others")).toBeVisible();

  await row(page, "Packed Others").getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "Packed Others")).toBeHidden();
  await expect.poll(() => gym.of("coaches", id).at(-1)?.type).toBe("del");
});

test("what was missed is caught up after a drop, and what was done meanwhile is sent once", async ({
  page,
  server,
  gym,
}) => {
  const { id } = await gym.coach("Packed Here");
  await page.goto(app.url(server.url));
  await live(page);
  await cutOff(page);
  await gym.coach("Packed Missed");
  await rename(page, "Packed Here", "Packed Away");
  await expect(row(page, "Packed Away")).toBeVisible();
  await expect(page.locator("[data-waiting='1']")).toBeVisible();
  await expect(row(page, "Packed Missed")).toBeHidden();
  await expect.poll(() => gym.of("coaches", id)).toHaveLength(1);

  await page.context().setOffline(false);
  await expect(row(page, "Packed Missed")).toBeVisible();
  await expect(page.locator("[data-status='live'][data-waiting='0']")).toBeVisible();
  const names = () => gym.of("coaches", id).map(({ record }) => record?.["name"]);
  await expect.poll(names).toEqual(["Packed Here", "Packed Away"]);
});

/** What a page says on the console of why it does not connect. */
async function complaint(page: Page, url: string): Promise<string> {
  const cure = /createRealtime|ALLOWED_ORIGINS|Upgrade/;
  const said = page.waitForEvent("console", (message) => cure.test(message.text()));
  await page.goto(url);
  return (await said).text();
}

test("the console says what is wrong, and what to do: the port, the origin, the transport", async ({
  page,
  server,
}) => {
  const proxy = await Proxy.before(server.url);
  const { url } = proxy;
  proxy.passesSockets = false;
  expect(await complaint(page, app.url(url))).toContain("no websocket comes through");
  await proxy.close();
  expect(await complaint(page, app.url(url))).toContain(`Nothing answers at ${url}`);
  const { origin } = new URL(app.url(url));
  expect(await complaint(page, app.url(origin))).toContain(`What answers at ${origin} is not`);

  // The same app on another site, which this machine has too.
  const site = origin.replace("localhost", "app.localhost");
  const there = app.url(server.url).replace(origin, site);
  expect(await complaint(page, there)).toContain(`ALLOWED_ORIGINS=${site}`);
});
