import { findings, inScheme } from "./axe";
import { expect, field, live, signIn, testOn } from "./fixtures";
import { PASSWORD } from "./server";
import { keepersOf } from "./stored";

const test = testOn({ ACCESS: "required" });

test("who forgot the password chooses another by an admin's link, once", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, "admin", PASSWORD);
  await page.getByRole("link", { name: "Everybody's accounts" }).click();
  await page.getByRole("button", { name: "New account" }).click();
  await field(page, "Username").fill("forgetful");
  await field(page, "Password").fill("soon forgotten");
  await page.getByRole("button", { name: "Add account" }).click();
  await page.getByRole("button", { name: "Make password link: forgetful" }).click();
  await expect(page.getByRole("dialog", { name: "Make password link: “forgetful”" })).toBeVisible();
  await page.getByRole("button", { name: "Make link" }).click();
  const link = page.getByLabel("Link for forgetful");
  await expect(link).toHaveValue(/\/reset-password#/);
  for (const scheme of ["light", "dark"] as const) {
    await inScheme(page, scheme);
    expect(await findings(page)).toEqual([]);
  }
  const address = await link.inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  expect(await keepersOf(page, address.split("#")[1] ?? "")).toEqual([]);

  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const theirs = await context.newPage();
  const asked: string[] = [];
  theirs.on("request", (request) => asked.push(request.url()));
  await theirs.goto(address);
  await live(theirs);
  await field(theirs, "New password").fill("short");
  await theirs.getByRole("button", { name: "Set password" }).click();
  await expect(theirs.locator("[aria-invalid='true']")).toHaveCount(1);
  await field(theirs, "New password").fill("long remembered");
  expect(await findings(theirs)).toEqual([]);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await expect(theirs.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  expect(asked.filter((url) => url.includes(address.split("#")[1] ?? "")).length).toBe(0);
  await signIn(theirs, "forgetful", "long remembered");
  await expect(theirs.getByText("You can look at everything")).toBeVisible();

  await page.goto(address);
  await page.reload();
  await live(page);
  await field(page, "New password").fill("somebody else's");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(
    page.getByRole("heading", { name: "This link does not work any more" }),
  ).toBeVisible();
  await context.close();
});

test("an address without a secret says what to do", async ({ page }) => {
  await page.goto("/reset-password");
  await expect(
    page.getByRole("heading", { name: "Open the link that an admin gave you" }),
  ).toBeVisible();
  await expect(page.getByText("Ask an admin of the gym for another.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByText("Forgot your password?")).toBeVisible();
});
