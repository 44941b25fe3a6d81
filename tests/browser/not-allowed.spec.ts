import { findingsInBoth } from "./axe";
import { expect, field, go, live, signIn, testOn } from "./fixtures";
import { Gym } from "./gym";
import { PASSWORD } from "./server";

const test = testOn({ ACCESS: "public-read" });
const WRITING = ["/coaches/new", "/plans/new", "/moves/new", "/import"];

test("who has not signed in is told so where something is made, and is shown the way", async ({
  page,
}) => {
  for (const path of [...WRITING, "/accounts"]) {
    await page.goto(path);
    await live(page);
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { name: "Please sign in first" })).toBeVisible();
    await expect(main.getByRole("textbox")).toHaveCount(0);
    await expect(main.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/account");
  }
  await page.goto("/plans/new");
  await page
    .getByRole("main")
    .getByRole("link", { name: /all workout plans/i })
    .click();
  await expect(page).toHaveURL("/plans");
});

test("a viewer is told what the role allows, and who can give another", async ({
  page,
  server,
}) => {
  const gym = await Gym.signedIn(server.url, "admin", PASSWORD);
  await gym.ask("new_account", { username: "onlooker", role: "viewer", password: "long enough" });
  gym.close();
  await signIn(page, "onlooker", "long enough");
  await expect(page.getByText("Signed in as onlooker")).toBeVisible();
  const main = page.getByRole("main");
  for (const [path, title] of [
    ["/coaches/new", "Only admins can add coaches"],
    ["/coaches/1/edit", "Only admins and the coach can change this profile"],
    ["/plans/new", "Only coaches and admins can add workout plans"],
    ["/moves/1/edit", "Only coaches and admins can change exercise moves"],
    ["/import", "Only coaches and admins can import a spreadsheet"],
    ["/accounts", "Only admins can manage accounts"],
  ] as const) {
    await go(page, path);
    await expect(main.getByRole("heading", { name: title })).toBeVisible();
    await expect(main).toContainText("You are signed in as onlooker, with the role viewer.");
    await expect(main).toContainText("Ask an admin");
    await expect(main.getByRole("link", { name: "Your account" })).toBeVisible();
    await expect(field(page, "Name")).toHaveCount(0);
  }
  expect(await findingsInBoth(page)).toEqual([]);
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await expect.poll(overflow, `at ${width}`).toBe(0);
  }
});

test("who may only look selects nothing", async ({ page, server }) => {
  const gym = await Gym.signedIn(server.url, "admin", PASSWORD);
  const made = await gym.class("Many Looked At", "Monday", "700");
  await page.goto("/");
  await live(page);
  const card = page.locator(`[data-class="${made.id}"]`);
  await card.getByRole("link").focus();
  await expect(card.getByRole("link")).toBeFocused();
  await page.keyboard.press("x");
  await expect(card).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Select", exact: true })).toHaveCount(0);
  gym.close();
});
