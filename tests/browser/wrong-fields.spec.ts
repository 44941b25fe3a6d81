/** A save that fails leads to the first field that is wrong, on a phone as well: by the form's own rules and by the server's. */
import type { Locator, Page } from "@playwright/test";
import { expect, field, go, opened, signIn, test } from "./fixtures";

const phone = { viewport: { width: 390, height: 600 }, hasTouch: true, isMobile: true };

/** It is what one types into, and in sight. */
async function isAt(wrong: Locator): Promise<void> {
  await expect(wrong).toBeFocused();
  await expect(wrong).toHaveAttribute("aria-invalid", "true");
  await expect(wrong).toBeInViewport({ ratio: 1 });
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("of a coach", async ({ visit, gym }) => {
  const username = `taken.${Date.now()}`;
  await gym.coach("Tara Taken", { username, password: "long enough" });
  const page = await visit("/coaches/new", phone);
  await expect(field(page, "Name")).toBeFocused();
  await expect(field(page, "Name")).toHaveAttribute("required");
  await field(page, "Username").fill(username);
  await press(page, "Add coach");
  await isAt(field(page, "Name"));
  await field(page, "Name").fill("Una Taken");
  await field(page, "Age").fill("30");
  await field(page, "Password").fill("long enough");
  await press(page, "Add coach");
  await isAt(field(page, "Username"));
});

test("Save is in sight however long a form is, and covers no field that is wrong", async ({
  visit,
}) => {
  const page = await visit("/moves/new", { ...phone, viewport: { width: 320, height: 568 } });
  for (const [path, name] of [
    ["/moves/new", "Add move"],
    ["/coaches/new", "Add coach"],
    ["/plans/new", "Add plan"],
  ] as const) {
    await go(page, path);
    const save = page.getByRole("button", { name, exact: true });
    await expect(save).toBeInViewport({ ratio: 1 });
    await save.click();
    const wrong = page.locator("[aria-invalid='true']:focus");
    await expect(wrong).toBeInViewport({ ratio: 1 });
    await expect(save).toBeInViewport({ ratio: 1 });
    const isAbove = async () => {
      const [its, button] = [await wrong.boundingBox(), await save.boundingBox()];
      return its && button ? its.y + its.height < button.y : null;
    };
    await expect.poll(isAbove).toBe(true);
  }
});

test("of a move", async ({ visit }) => {
  const page = await visit("/moves/new", phone);
  await expect(field(page, "Name")).toBeFocused();
  await field(page, "Name").fill("Wrong Move");
  await page.getByRole("combobox", { name: /^Focus/ }).fill("Legs");
  await field(page, "Description").fill("Too short");
  await field(page, "Video").fill("not an address");
  await press(page, "Add move");
  await isAt(field(page, "Description"));
});

test("of a plan", async ({ visit, gym }) => {
  const { workout_plan: plan } = (await gym.class("Wrong Plan", "Monday", "600")) as never as {
    workout_plan: { id: number };
  };
  const page = await visit(`/plans/${plan.id}/edit`, phone);
  await expect(field(page, "Name")).toBeFocused();
  await field(page, "Reps").fill("far too many to be a number of repeats");
  await field(page, "Name").focus();
  await page.keyboard.press("Control+Enter");
  await isAt(field(page, "Reps"));
});

test("of a class", async ({ visit, gym }) => {
  const slot = await gym.class("Wrong Class", "Monday", "600");
  const page = await visit(`/classes/${slot.id}`, phone);
  const drawer = await opened(page);
  await drawer.getByLabel("Capacity").fill("none");
  await drawer.getByRole("button", { name: "Save" }).click();
  await isAt(drawer.getByLabel("Capacity"));
});

test("of what is different on a date, where somebody else has to be chosen", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Wrong Date", "Monday", "600");
  const page = await visit(`/classes/${slot.id}/2030-01-07`, phone);
  const drawer = await opened(page);
  await drawer.getByRole("radio", { name: "Given by somebody else" }).check();
  await drawer.getByRole("button", { name: "Save" }).click();
  const first = drawer.getByRole("group", { name: "By whom" }).getByRole("radio").first();
  await expect(first).toBeFocused();
  await expect(first).toBeInViewport();
});

test("of an account, by the rules and by the server", async ({ page }) => {
  await page.setViewportSize(phone.viewport);
  await page.goto("/account");
  await press(page, "Sign in");
  await isAt(field(page, "Username"));
  await signIn(page, "admin", "a wrong password");
  await isAt(field(page, "Username"));
  await signIn(page, "admin", "spotter-demo");
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  await press(page, "Change password");
  await isAt(field(page, "Current password"));
  await field(page, "Current password").fill("a wrong password");
  await field(page, "New password").fill("long enough");
  await press(page, "Change password");
  await isAt(field(page, "Current password"));

  await go(page, "/accounts");
  await press(page, "New account");
  const dialog = page.getByRole("dialog", { name: "New account" });
  await expect(field(page, "Username")).toBeFocused();
  await field(page, "Username").fill("coach");
  await dialog.getByRole("button", { name: "Add account" }).click();
  await isAt(field(page, "Password"));
  await field(page, "Password").fill("long enough");
  await dialog.getByRole("button", { name: "Add account" }).click();
  await isAt(field(page, "Username"));
});
