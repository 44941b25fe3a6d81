import { expect, test } from "./fixtures";

test("a coach made in one page is seen, changed and deleted in the other", async ({
  visit,
}) => {
  const [mine, theirs] = await Promise.all([
    visit("/coaches"),
    visit("/coaches"),
  ]);

  await mine.getByRole("link", { name: "New coach" }).click();
  await mine
    .getByLabel("Name", { exact: false })
    .first()
    .fill("Dana Two-Pages");
  await mine.getByLabel("Age").fill("34");
  await mine.getByRole("button", { name: "Add coach" }).click();
  await expect(
    mine.getByRole("heading", { name: "Dana Two-Pages" }),
  ).toBeVisible();

  await theirs.getByRole("link", { name: "Dana Two-Pages" }).click();
  await theirs.getByRole("link", { name: "Edit" }).click();
  await theirs.getByLabel("Age").fill("35");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(mine.getByText("35", { exact: true })).toBeVisible();

  await theirs.getByRole("button", { name: "Delete" }).click();
  await expect(mine.getByText("This coach does not exist")).toBeVisible();
});

test("the server's errors stand beside their fields", async ({ visit }) => {
  const page = await visit("/coaches/new");
  await page.getByLabel("Name", { exact: false }).first().fill("Eve Taken");
  await page.getByLabel("Username").fill("taken-name");
  await page.getByLabel("Password").fill("long enough");
  await page.getByRole("button", { name: "Add coach" }).click();
  await expect(page.getByRole("heading", { name: "Eve Taken" })).toBeVisible();

  await page.goto("/coaches/new");
  await page.getByLabel("Name", { exact: false }).first().fill("Eve Again");
  await page.getByLabel("Username").fill("taken-name");
  await page.getByRole("button", { name: "Add coach" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await expect(page.getByLabel("Username")).toHaveValue("taken-name");
  await page.goto("/coaches");
  await expect(page.getByText("Eve Again")).toHaveCount(0);
});
