import { expect, field, test } from "./fixtures";

test("a coach made in one page is seen, changed and deleted in the other", async ({ visit }) => {
  const [mine, theirs] = await Promise.all([visit("/coaches"), visit("/coaches")]);

  await mine.getByRole("link", { name: "New coach" }).click();
  await field(mine, "Name").fill("Dana Two-Pages");
  await field(mine, "Age").fill("34");
  await mine.getByRole("button", { name: "Add coach" }).click();
  await expect(mine.getByRole("heading", { name: "Dana Two-Pages" })).toBeVisible();

  await theirs.getByRole("link", { name: "Dana Two-Pages" }).click();
  await theirs.getByRole("link", { name: "Edit" }).click();
  await field(theirs, "Age").fill("35");
  await Promise.all([
    // It goes after a while.
    expect(mine.getByText("just now")).toBeVisible(),
    theirs.getByRole("button", { name: "Save" }).click(),
  ]);
  await expect(mine.getByRole("definition").filter({ hasText: /^35$/ })).toBeVisible();
  await expect(theirs.getByText("just now")).toHaveCount(0);

  await theirs.getByRole("button", { name: "Delete" }).click();
  await expect(mine.getByText("This coach does not exist")).toBeVisible();
});

test("the server's errors stand beside their fields", async ({ visit, gym }) => {
  await gym.coach("Eve Taken", {
    username: "taken-name",
    password: "long enough",
  });
  const page = await visit("/coaches/new");
  await field(page, "Name").fill("Eve Again");
  await field(page, "Age").fill("30");
  await field(page, "Username").fill("taken-name");
  await field(page, "Password").fill("long enough");
  await page.getByRole("button", { name: "Add coach" }).click();
  await expect(field(page, "Username")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Name")).toHaveValue("Eve Again");
  expect(gym.changes.filter((change) => change.record?.["name"] === "Eve Again")).toEqual([]);
});

test("a deletion is undone, and the record is the same as before", async ({ visit, gym }) => {
  const coach = await gym.coach("Ulla Undo", { age: 44 });
  const page = await visit(`/coaches/${coach.id}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/coaches$/);
  await expect(page.getByRole("link", { name: "Ulla Undo" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Ulla Undo" }).click();
  await expect(page).toHaveURL(new RegExp(`/coaches/${coach.id}$`));
  // The history says 44, too.
  const age = page.getByRole("definition").filter({ hasNot: page.locator("ins, del") });
  await expect(age.filter({ hasText: /^44$/ })).toBeVisible();
});

test("a refused deletion is taken back, and says what uses the record", async ({ visit, gym }) => {
  const slot = await gym.class("In Use", "Friday", "2000");
  const coach = slot["coach"] as { id: number; name: string };
  const page = await visit(`/coaches/${coach.id}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("was not deleted")).toBeVisible();
  await expect(page.getByRole("heading", { name: coach.name })).toBeVisible();
  await page.getByRole("link", { name: "Friday 20:00 In Use" }).click();
  await expect(page).toHaveURL(`/classes/${slot.id}`);
  expect(gym.of("coaches", coach.id).map((change) => change.type)).toEqual(["put"]);
});

test("a coach's new name shows on the timetable, as one change", async ({ visit, gym }) => {
  const slot = await gym.class("Copied", "Saturday", "1200");
  const page = await visit();
  const shows = (name: string) =>
    expect(
      page.getByRole("button", { name: `More for Copied, Saturday 12:00, ${name}` }),
    ).toBeVisible();
  await shows("Copied Coach");
  const coach = slot["coach"] as { id: number };
  await gym.ask("update_coach", { id: coach.id, name: "Ronja Renamed" });
  await shows("Ronja Renamed");
  await page.reload();
  await shows("Ronja Renamed");
  await expect.poll(() => gym.of("coaches", coach.id)).toHaveLength(2);
  expect(gym.of("schedules", slot.id)).toHaveLength(1);
});
