import type { Page } from "@playwright/test";
import { findings, inScheme } from "./axe";
import { expect, test } from "./fixtures";
import { Gym } from "./gym";

/** A commit in the list, by what it says. */
const commit = (page: Page, text: string | RegExp) =>
  page.locator("main ol > li").filter({ hasText: text });

test("what was changed, by whom and when, and the way back", async ({ visit, gym, server }) => {
  const coach = await gym.coach("Changes Coach");
  const una = await Gym.connect(server.url, await gym.account("Una Change"));
  await una.ask("update_coach", { id: coach.id, age: 44 });
  const page = await visit("/changes");
  const edit = commit(page, "Una Change changed the coach Changes Coach").filter({
    hasNotText: "undoing",
  });
  await expect(edit.getByText("age")).toBeVisible();
  await expect(edit.locator("del")).toHaveText("30");
  await expect(edit.locator("ins")).toHaveText("44");
  const named = () => edit.evaluate(({ textContent }) => textContent.split("Changes Coach").length);
  await expect.poll(named, "its name stands there once").toBe(2);
  await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();
  // What comes while one looks is there, too.
  await una.ask("update_coach", { id: coach.id, age: 45 });
  await expect(edit).toHaveCount(2);
  // What somebody undid meanwhile is not offered again.
  await expect.poll(() => una.of("coaches", coach.id).at(-1)?.record).toMatchObject({ age: 45 });
  await una.ask("undo", { seq: una.seq });
  await expect(edit.first()).toContainText("Undone by Una Change");
  await expect(edit.getByRole("button", { name: "Undo" })).toHaveCount(1);
  await edit.last().getByRole("button", { name: "Undo" }).click();
  await expect(edit.last().getByText("Undone", { exact: true })).toBeVisible();
  await expect(commit(page, "undoing an earlier change").first()).toBeVisible();
  await expect(edit.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect.poll(() => gym.of("coaches", coach.id).at(-1)?.record).toMatchObject({ age: 30 });
  await edit.first().getByRole("link", { name: "Changes Coach" }).click();
  await expect(page.getByRole("heading", { name: "Changes Coach", level: 1 })).toBeVisible();
  una.close();
});

test("a conflict is said, and nothing is taken back", async ({ visit, gym }) => {
  const coach = await gym.coach("Conflict Change");
  await gym.ask("update_coach", { id: coach.id, age: 50 });
  await gym.ask("update_coach", { id: coach.id, age: 51 });
  const page = await visit("/changes");
  const older = commit(page, "changed the coach Conflict Change").filter({
    has: page.locator("del", { hasText: "30" }),
  });
  await older.getByRole("button", { name: "Undo" }).click();
  await expect(
    page.getByText(/This was not undone. .* changed Conflict Change again after it/),
  ).toBeVisible();
  await expect.poll(() => gym.of("coaches", coach.id).at(-1)?.record).toMatchObject({ age: 51 });
});

test("what was deleted is found by its old link, and restored", async ({ visit, gym }) => {
  const slot = await gym.class("Restore Me", "Sunday", "2100");
  await gym.ask("delete_schedule", slot.id);
  const page = await visit(`/classes/${slot.id}`);
  await page.getByRole("link", { name: "See what it was, or restore it" }).click();
  const gone = commit(page, "deleted the class Restore Me, Sunday 21:00, Restore Me Coach");
  await expect(gone.locator("del", { hasText: "Restore Me" }).first()).toBeVisible();
  await expect(page.getByText("Only the changes of Restore Me, Sunday 21:00")).toBeVisible();
  await gone.getByRole("button", { name: "Restore" }).click();
  await expect.poll(() => gym.of("schedules", slot.id).at(-1)?.type).toBe("put");
  await commit(page, "undoing an earlier change")
    .getByRole("link", { name: "Restore Me, Sunday 21:00" })
    .click();
  await expect(page.getByRole("dialog", { name: "Restore Me" })).toBeVisible();
});

test("what was done at once is one line with one undo", async ({ visit, gym }) => {
  const writes = ["One", "Two", "Three"].map((name) => ({
    event: "new_coach",
    data: { name: `At Once ${name}`, age: 30 },
  }));
  await gym.ask("batch", { writes });
  const page = await visit("/changes");
  const batch = commit(page, "added 3 coaches").filter({ hasText: "At Once Two" });
  await batch.getByRole("button", { name: "Undo" }).click();
  await expect
    .poll(() => gym.changes.filter(({ type, channel }) => type === "del" && channel === "coaches"))
    .toHaveLength(3);
});

test("filters are in the address", async ({ visit, gym, server }) => {
  const una = await Gym.connect(server.url, await gym.account("Una Filter"));
  const [move] = gym.all("exercise_moves");
  await una.ask("update_exercise_move", { id: move?.id, focus: "Filtered" });
  await gym.coach("Unfiltered Coach");
  const page = await visit("/changes");
  await page.getByLabel("What was changed").selectOption({ label: "Exercise moves" });
  await page.getByLabel("Who did it").selectOption("Una Filter");
  await expect(commit(page, "Una Filter changed the exercise move")).toHaveCount(1);
  await expect(commit(page, "Unfiltered Coach")).toHaveCount(0);
  await page.reload();
  await expect(commit(page, "Una Filter changed the exercise move")).toHaveCount(1);
  await page.getByRole("textbox", { name: "Day" }).fill("2001-01-01");
  await expect(page.getByRole("heading", { name: "No changes fit" })).toBeVisible();
  await page.getByRole("link", { name: "All changes" }).click();
  await expect(commit(page, "Unfiltered Coach")).toHaveCount(1);
  una.close();
});

test("it is accessible, also on a phone", async ({ visit, gym }) => {
  await gym.coach(`A ${"very".repeat(8)} long`);
  const page = await visit("/changes", { viewport: { width: 320, height: 700 } });
  await expect(commit(page, "veryvery")).toBeVisible();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width).toBeLessThanOrEqual(320);
  for (const scheme of ["light", "dark"] as const) {
    await inScheme(page, scheme);
    expect(await findings(page)).toEqual([]);
  }
});
