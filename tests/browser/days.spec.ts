import type { Page } from "@playwright/test";
import { openAt, test } from "./clock";
import { card, expect, live, opened } from "./fixtures";

/** A Wednesday; the Thursday of the next week is the 24th. */
const NOW = "2037-12-16T12:00:00Z";

const drawn = (page: Page, name: string) =>
  card(page, name).locator("xpath=ancestor::div[@data-level]");
const planOf = (made: Record<string, unknown>) => (made["workout_plan"] as { id: number }).id;
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });
const bar = (page: Page) => page.getByRole("paragraph").filter({ hasText: "Next" });

test("a day is closed from its heading by keyboard alone, and opened again", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Shut Out", "Thursday", "1300");
  await openAt(page, NOW, `/?week=2037-W52&plan=${planOf(made)}`);
  const heading = page.getByRole("columnheader", { name: "Thursday 24 December" });
  await heading.getByRole("link").focus();
  await page.keyboard.press("Enter");
  const drawer = await opened(page);
  await expect(drawer).toHaveAccessibleName("Thursday 24 December");
  await expect(drawer.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type("Christmas Eve");
  await expect(drawer.getByLabel("Reason")).toHaveValue("Christmas Eve");
  await page.keyboard.press("Enter");
  await expect(drawer).toHaveCount(0);
  await expect(page.getByText("The gym is closed on Thursday 24 December.")).toBeVisible();
  await expect(heading).toContainText("Closed Christmas Eve");
  // No class is added on a day that is closed.
  const add = (day: string) => page.getByRole("link", { name: `Add a class on ${day} at 13:00` });
  await expect(add("Thursday")).toHaveCount(0);
  await expect(add("Friday")).toHaveCount(1);
  await expect(drawn(page, "Shut Out")).toContainText("Closed");
  await expect(card(page, "Shut Out")).toHaveCSS("text-decoration-line", "line-through");
  await expect
    .poll(() => gym.changes.at(-1)?.record)
    .toMatchObject({ date: "2037-12-24", schedule: null, cancelled: true, note: "Christmas Eve" });
  await undo(page).click();
  await expect(heading).not.toContainText("Closed");
  await expect(add("Thursday")).toHaveCount(1);
  await expect(drawn(page, "Shut Out")).not.toContainText("Closed");

  await gym.ask("new_exception", { date: "2037-12-24", cancelled: true, note: "Again" });
  await expect(heading).toContainText("Closed Again");
  await heading.getByRole("link").press("Enter");
  await expect(page.getByRole("dialog", { name: "Closed on Thursday 24 December" })).toBeVisible();
  await page.getByRole("button", { name: "Reopen this day" }).press("Enter");
  await expect(page.getByText("The gym is open on Thursday 24 December.")).toBeVisible();
  await expect(heading).not.toContainText("Closed");
  await expect.poll(() => gym.changes.at(-1)?.type).toBe("del");
});

test("what runs now and what comes next know what is different", async ({ page, gym }) => {
  // At the same time of night, so that nothing else of the gym is between them.
  const first = await gym.class("Now First", "Wednesday", "200");
  const second = await gym.class("Now Second", "Wednesday", "300");
  const sub = await gym.coach("Now Sub");
  // In Berlin it is 01:30.
  await openAt(page, "2037-12-16T00:30:00Z");
  await expect(bar(page)).toContainText("Next Now First 02:00 with Now First Coach");
  const off = await gym.ask("new_exception", {
    date: "2037-12-16",
    schedule: { id: first.id },
    cancelled: true,
  });
  await expect(bar(page)).toContainText("Next Now Second 03:00");
  await gym.ask("update_exception", { id: off.id, cancelled: false, coach: sub });
  await expect(bar(page)).toContainText("Next Now First 02:00 with Now Sub");
  await page.clock.runFor(45 * 60_000);
  await expect(bar(page)).toContainText("Now Now First 02:00 with Now Sub");
  const closed = await gym.ask("new_exception", {
    date: "2037-12-16",
    cancelled: true,
    note: "Storm",
  });
  await expect(bar(page)).toContainText("Now Closed today: Storm");
  await expect(bar(page)).not.toContainText("Now Second");
  await gym.ask("delete_exception", closed.id);
  for (const { id } of [first, second]) await gym.ask("delete_schedule", id);
});

test("what a class leaves on dates of its old day is listed, and deleted in one step", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Left Behind", "Thursday", "1300");
  const dates = ["2037-12-24", "2037-12-31", "2038-01-07"];
  for (const date of dates)
    await gym.ask("new_exception", { date, schedule: { id: made.id }, cancelled: true });
  await openAt(page, NOW, `/?week=2037-W52&plan=${planOf(made)}`);
  const list = page.getByRole("region", { name: "One-off changes that are left over" });
  await expect(list).toHaveCount(0);
  await gym.ask("update_schedule", { id: made.id, day: "Friday" });
  await list.getByText("3 one-off changes are left over").click();
  await expect(list.getByRole("listitem")).toHaveText([
    "Left Behind takes place on Fridays now. A change for Thursday, 24 December 2037 is left over: cancelled. See the class",
    "Left Behind takes place on Fridays now. A change for Thursday, 31 December 2037 is left over: cancelled. See the class",
    "Left Behind takes place on Fridays now. A change for Thursday, 7 January 2038 is left over: cancelled. See the class",
  ]);
  await expect(drawn(page, "Left Behind")).not.toContainText("Cancelled");
  await page.goto(`/classes/${made.id}/2037-12-24`);
  await expect(page.getByRole("dialog")).toContainText("Left Behind takes place every Friday");
  await expect(page.getByText("Left from before: cancelled.")).toBeVisible();
  await live(page);
  await page.getByRole("button", { name: "Close" }).click();

  const before = gym.commits.length;
  await list.getByRole("button", { name: "Delete these changes" }).click();
  const commits = () =>
    gym.commits.slice(before).map((changes) => changes.map(({ type }) => type).join(" "));
  await expect.poll(commits).toEqual(["del del del"]);
  await expect(list).toHaveCount(0);
  await undo(page).click();
  await expect(list).toContainText("3 one-off changes");
  // It fits again when the class is back.
  await gym.ask("update_schedule", { id: made.id, day: "Thursday" });
  await expect(list).toHaveCount(0);
  await expect(drawn(page, "Left Behind")).toContainText("Cancelled");
  // A class that is deleted takes them along: that leaves nothing to delete.
  await page.getByRole("button", { name: /^More for Left Behind/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect.poll(() => gym.of("schedules", made.id).at(-1)?.type).toBe("del");
  await expect(list).toHaveCount(0);
});

test("the end of a class lies on the day after, and is different as its beginning is", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Late Off", "Sunday", "2330");
  await gym.ask("update_schedule", { id: made.id, minutes: 90 });
  await gym.ask("new_exception", {
    date: "2037-12-27",
    schedule: { id: made.id },
    cancelled: true,
  });
  const rest = page.getByRole("link", { name: "Late Off, from Sunday" });
  await openAt(page, NOW, `/?week=2037-W52&plan=${planOf(made)}`);
  await expect(rest).not.toHaveCSS("text-decoration-line", "line-through");
  await page.getByRole("link", { name: "Next week" }).click();
  await expect(rest).toHaveCSS("text-decoration-line", "line-through");
  await expect(rest).toHaveAttribute("href", /^\/classes\/\d+\?week=2037-W53$/);
  await gym.ask("delete_schedule", made.id);
});

test("addresses of dates that are none say so, and one of an exception leads to its date", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Where Now", "Thursday", "1300");
  const note = await gym.ask("new_exception", {
    date: "2037-12-24",
    schedule: { id: made.id },
    note: "Here",
  });
  await openAt(page, NOW, `/exceptions/${note.id}`);
  await expect(page).toHaveURL(`/classes/${made.id}/2037-12-24`);
  await expect(page.getByRole("navigation", { name: "Week" })).toContainText("21–27 December 2037");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL("/?week=2037-W52");
  for (const [path, text] of [
    [`/classes/${made.id}/2037-02-29`, "The calendar has no such day"],
    [`/classes/${made.id}/2037-12-25`, "It does not take place on Friday 25 December"],
    ["/classes/999999/2037-12-24", "This class does not exist"],
    ["/days/2037-04-31", "The calendar has no such day"],
    ["/days/10000-01-01", "The calendar has no such day"],
    ["/exceptions/999999", "This one-off change does not exist"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(text)).toBeVisible();
  }
});

test("a date on which a class is not leads to its dates before and after", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Near Dates", "Thursday", "1300");
  await openAt(page, NOW, `/classes/${made.id}/2037-12-25`);
  const drawer = await opened(page);
  await expect(drawer).toHaveAccessibleName("Not on Friday 25 December");
  await expect(drawer).toContainText("Near Dates takes place every Thursday at 13:00");
  const ways = drawer.getByRole("navigation", { name: "Which dates" }).getByRole("link");
  await expect(ways).toHaveText([
    "Every Thursday",
    "Only on Thursday 24 December",
    "Only on Thursday 31 December",
  ]);
  await ways.nth(1).click();
  await expect(drawer).toHaveAccessibleName("Only on Thursday 24 December");
  await expect(drawer.getByLabel("Note")).toBeVisible();
  await gym.ask("delete_schedule", made.id);
});
