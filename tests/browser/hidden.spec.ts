import { expect, live, signIn, testOn } from "./fixtures";
import { PASSWORD } from "./server";

/** Coaches and classes are for coaches and admins to read there; plans and moves are for all. */
const HIDING = "tests.wire.accounts.hiding.serve";

const test = testOn({ ACCESS: "public-read" }, HIDING);

test("what is hidden is on no page, and no page breaks", async ({ page }) => {
  const broken: string[] = [];
  const sent: string[] = [];
  page.on("pageerror", (error) => broken.push(String(error)));
  page.on("console", (message) => {
    // That a record is not there is a status of HTTP to the browser.
    if (message.type() === "error") broken.push(message.text());
  });
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => sent.push(String(payload))),
  );
  await page.goto("/");
  await live(page);
  await expect(page.getByText("No class is planned yet.")).toBeVisible();
  await page.getByRole("link", { name: "Coaches" }).click();
  await expect(page.getByText("No coaches yet")).toBeVisible();
  for (const path of ["/coaches/1", "/coaches/1/edit", "/classes/1"]) {
    await page.goto(path);
    await live(page);
    await expect(page.getByText(/does not exist|sign in|Sign in/).first()).toBeVisible();
  }
  // Of a plan the classes that use it are not named, nor counted.
  await page.goto("/plans");
  await live(page);
  await page.getByRole("main").getByRole("link").filter({ hasText: /\w/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("main").locator("a[href^='/classes/']")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog");
  await search.getByRole("combobox").fill("a");
  await expect(search.getByRole("option").first()).toBeVisible();
  await expect(search).not.toContainText(/Monday|Tuesday|Wednesday/);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join("\n")).not.toMatch(/"username":|"hour":/);
  expect(broken).toEqual([]);
});

test("who signs in sees it, and who signs out sees it no more", async ({ page }) => {
  await signIn(page, "admin", PASSWORD);
  await expect(page.getByText("You can change everything")).toBeVisible();
  await page.getByRole("link", { name: "Coaches" }).click();
  const coaches = page.getByRole("main").locator("a[href^='/coaches/']");
  await expect(coaches.nth(1)).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.getByRole("link", { name: "Coaches" }).click();
  await expect(page.getByText("No coaches yet")).toBeVisible();
  await expect(coaches).toHaveCount(0);
});
