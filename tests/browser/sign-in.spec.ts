import { standStill } from "./clock";
import { expect, field, go, live, opened, signIn, testOn } from "./fixtures";
import { PASSWORD } from "./server";
import { keepersOf } from "./stored";

const test = testOn({ ACCESS: "public-read" });

test("who has not signed in is offered nothing that would be refused", async ({ page }) => {
  await page.goto("/coaches");
  await live(page);
  await expect(page.getByRole("heading", { name: "Coaches" })).toBeVisible();
  await expect(page.getByRole("link", { name: "New coach" })).toHaveCount(0);
  await page.goto("/");
  await expect(page.getByRole("table")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Add a class/ })).toHaveCount(0);
});

test("an admin makes an account, and takes it away while it is in use", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, "admin", PASSWORD);
  await page.getByRole("link", { name: "Everybody's accounts" }).click();
  await page.getByRole("button", { name: "New account" }).click();
  await field(page, "Username").fill("newcomer");
  await field(page, "Password").fill("long enough");
  await page.getByRole("button", { name: "Add account" }).click();
  const row = page.getByRole("row", { name: "newcomer" });
  await expect(row).toContainText("Viewer");

  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const theirs = await context.newPage();
  await signIn(theirs, "newcomer", "long enough");
  await expect(theirs.getByText("You can look at everything")).toBeVisible();

  await page.getByRole("button", { name: "Change role: newcomer" }).click();
  const roles = (await opened(page)).getByLabel("Role");
  await roles.focus();
  await expect(roles).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(roles).toHaveAccessibleDescription("May change classes, plans and moves");
  await expect(page.getByRole("dialog")).toContainText(
    "This gives more rights to the account “newcomer”",
  );
  await expect(row).toContainText("Viewer");
  await page.getByRole("button", { name: "Give the rights of coach" }).click();
  await expect(row).toContainText("Coach");
  await page.getByRole("button", { name: "Delete: newcomer" }).click();
  await expect(page.getByRole("dialog")).toContainText("cannot be undone");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: "Delete: newcomer" }).click();
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(theirs.getByText("You have been signed out")).toBeVisible();
  await expect(row).toHaveCount(0);
  await context.close();
});

test("an account is made once by a double click, for a coach who is found however typed", async ({
  page,
}) => {
  const sent: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (String(payload).includes('"new_account"')) sent.push(String(payload));
    }),
  );
  await signIn(page, "admin", PASSWORD);
  await expect(page.getByText("You can change everything")).toBeVisible();
  await page.goto("/coaches/new");
  await field(page, "Name").fill("Zoë Account");
  await field(page, "Age").fill("30");
  await page.getByRole("button", { name: "Add coach" }).click();
  await expect(page.getByRole("heading", { name: "Zoë Account" })).toBeVisible();
  await go(page, "/accounts");
  await page.getByRole("button", { name: "New account" }).click();
  await field(page, "Username").fill("zoe.account");
  await field(page, "Password").fill("long enough");
  await page.getByRole("combobox", { name: "Coach" }).fill("ZOE acc");
  await page.getByRole("listbox").getByRole("option", { name: "Zoë Account" }).click();
  await standStill(page);
  await page.getByRole("button", { name: "Add account" }).dblclick();
  await expect(page.getByRole("row", { name: "zoe.account" })).toContainText("Zoë Account");
  await expect(page.getByText("zoe.account can sign in")).toHaveCount(1);
  // What a second request had been told would have kept it open.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(sent).toHaveLength(1);
});

test("no form of accounts keeps a password, neither while it is typed nor after it was sent", async ({
  page,
}) => {
  const [wrong, first, second, third] = ["wrong", "first", "second", "third"].map(
    (word) => `the ${word} marker of a secret`,
  ) as [string, string, string, string];
  const kept = () => keepersOf(page, "marker of a secret");
  // A form that kept what is typed would do so by the time its page is left.
  const leave = async (...passwords: string[]) => {
    expect(await kept()).toEqual([]);
    await page.reload();
    await live(page);
    expect(await kept()).toEqual([]);
    for (const label of passwords) await expect(field(page, label)).toHaveValue("");
  };

  await page.goto("/account");
  await field(page, "Username").fill("admin");
  await field(page, "Password").fill(wrong);
  await leave("Password");
  await signIn(page, "admin", wrong);
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await kept()).toEqual([]);
  await signIn(page, "admin", PASSWORD);
  await expect(page.getByText("You can change everything")).toBeVisible();
  expect(await keepersOf(page, PASSWORD)).toEqual([]);

  await page.goto("/accounts");
  const make = page.getByRole("button", { name: "New account" });
  await make.click();
  await field(page, "Username").fill("admin");
  await field(page, "Password").fill(first);
  await page.getByRole("button", { name: "Add account" }).click();
  await expect(page.locator("[aria-invalid='true']")).toHaveCount(1);
  await leave();
  await make.click();
  await expect(field(page, "Password")).toHaveValue("");
  await field(page, "Username").fill("discreet");
  await field(page, "Password").fill(first);
  await page.getByRole("button", { name: "Add account" }).click();
  await expect(page.getByRole("row", { name: "discreet" })).toBeVisible();
  await leave();

  await page.getByRole("button", { name: "Set password: discreet" }).click();
  await field(page, "New password").fill(second);
  await leave();
  await page.getByRole("button", { name: "Set password: discreet" }).click();
  await field(page, "New password").fill(second);
  await page.getByRole("dialog").getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("discreet has a new password")).toBeVisible();
  await leave();

  await go(page, "/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await signIn(page, "discreet", second);
  await expect(page.getByText("You can look at everything")).toBeVisible();
  await field(page, "Current password").fill(second);
  await field(page, "New password").fill(third);
  await leave("Current password", "New password");
  await field(page, "Current password").fill(wrong);
  await field(page, "New password").fill(third);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  expect(await kept()).toEqual([]);
  await field(page, "Current password").fill(second);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await leave("Current password", "New password");
});

test("a person's name stands beside what they changed", async ({ page, browser, baseURL }) => {
  await signIn(page, "admin", PASSWORD);
  await expect(page.getByText("You can change everything")).toBeVisible();
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const theirs = await context.newPage();
  await theirs.goto("/coaches/2");
  await live(theirs);
  await page.goto("/coaches/2/edit");
  await field(page, "Age").fill("61");
  await Promise.all([
    // It goes after a while.
    expect(theirs.getByText("admin just now")).toBeVisible(),
    page.getByRole("button", { name: "Save" }).click(),
  ]);
  await expect(theirs.getByRole("region", { name: "History" }).getByText("admin")).toBeVisible();
  await context.close();
});

test("an admin signs in, edits, and signs out", async ({ page }) => {
  await page.goto("/account");
  await field(page, "Username").fill("admin");
  await field(page, "Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await field(page, "Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("You can change everything")).toBeVisible();
  await page.reload();
  await expect(page.getByText("You can change everything")).toBeVisible();
  await page.goto("/coaches");
  await expect(page.getByRole("link", { name: "New coach" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.goto("/coaches");
  await live(page);
  await expect(page.getByRole("link", { name: "New coach" })).toHaveCount(0);
});
