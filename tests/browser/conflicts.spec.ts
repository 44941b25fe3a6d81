import { expect, field, test } from "./fixtures";

test("edits of different fields are merged", async ({ visit, gym }) => {
  const coach = await gym.coach("Mia Merge", { age: 30 });
  const page = await visit(`/coaches/${coach.id}/edit`);
  await field(page, "Name").fill("Mia Merged");
  await gym.ask("update_coach", { id: coach.id, age: 31 });
  await expect(page.getByText("changed this while you were editing")).toBeVisible();
  await expect(field(page, "Age")).toHaveValue("31");
  await expect(field(page, "Name")).toHaveValue("Mia Merged");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Mia Merged" })).toBeVisible();
  await expect
    .poll(() => gym.of("coaches", coach.id).at(-1)?.record)
    .toMatchObject({
      name: "Mia Merged",
      age: 31,
    });
});

for (const [choice, age] of [
  ["Theirs", 40],
  ["Mine", 50],
] as const) {
  test(`edits of one field ask which should stay: ${choice}`, async ({ visit, gym }) => {
    const coach = await gym.coach(`Carl ${choice}`, { age: 30 });
    const page = await visit(`/coaches/${coach.id}/edit`);
    await field(page, "Age").fill("50");
    await field(page, "Name").fill(`Carl ${choice} Two`);
    await gym.ask("update_coach", { id: coach.id, age: 40 });
    await expect(field(page, "Age")).toHaveValue("50");
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    await page.getByRole("button", { name: new RegExp(`^${choice}:`) }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: `Carl ${choice} Two` })).toBeVisible();
    await expect.poll(() => gym.of("coaches", coach.id).at(-1)?.record).toMatchObject({ age });
  });
}

test("a record deleted while it is edited can be saved as a new one", async ({ visit, gym }) => {
  const coach = await gym.coach("Gus Gone", { age: 30 });
  const page = await visit(`/coaches/${coach.id}/edit`);
  await field(page, "Age").fill("31");
  await gym.ask("delete_coach", { id: coach.id });
  await expect(page.getByText("deleted this meanwhile")).toBeVisible();
  await expect(field(page, "Age")).toHaveValue("31");
  await page.getByRole("button", { name: "Save as new" }).click();
  await expect(page.getByRole("heading", { name: "Gus Gone" })).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(`/coaches/${coach.id}$`));
});

test("a person's change is in the history, and can be undone from there", async ({
  visit,
  gym,
}) => {
  const coach = await gym.coach("Hana History", { age: 30 });
  await gym.ask("update_coach", { id: coach.id, age: 31 });
  const page = await visit(`/coaches/${coach.id}`);
  const history = page.getByRole("region", { name: "History" });
  await expect(history.getByRole("insertion").filter({ hasText: /^31$/ })).toBeVisible();
  await history.getByRole("button", { name: /^Undo/ }).first().click();
  // The history says 30, too.
  const age = page.getByRole("definition").filter({ hasNot: page.locator("ins, del") });
  await expect(age.filter({ hasText: /^30$/ })).toBeVisible();
  await expect.poll(() => gym.of("coaches", coach.id).at(-1)?.record).toMatchObject({ age: 30 });
});
