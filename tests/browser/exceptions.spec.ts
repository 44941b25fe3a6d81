import type { Page } from "@playwright/test";
import { openAt, test } from "./clock";
import { card, expect, goOffline, live, opened } from "./fixtures";
import type { Gym } from "./gym";

/** A Wednesday; the Thursday of the next week is the 24th. */
const NOW = "2037-12-16T12:00:00Z";
const THURSDAY = "Thursday 24 December";

/** What the grid draws of a class. */
const drawn = (page: Page, name: string) =>
  card(page, name).locator("xpath=ancestor::div[@data-level]");
const week = (made: Record<string, unknown>, name = "2037-W52") =>
  `/?week=${name}&plan=${(made["workout_plan"] as { id: number }).id}`;
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });
const exceptions = (gym: Gym) => gym.changes.filter(({ channel }) => channel === "exceptions");

test("a class is cancelled on one date alone, with a note, and that is undone", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Off Once", "Thursday", "1300");
  await openAt(page, NOW, week(made));
  await card(page, "Off Once").hover();
  await page.getByRole("button", { name: /^More for Off Once/ }).click();
  await page.getByRole("menuitem", { name: `Change only on ${THURSDAY}` }).click();
  const drawer = await opened(page);
  await expect(drawer).toHaveAccessibleName(`Only on ${THURSDAY}`);
  await expect(page).toHaveURL(new RegExp(`/classes/${made.id}/2037-12-24\\?week=2037-W52`));
  await drawer.getByRole("radio", { name: "Cancelled" }).check();
  await drawer.getByLabel("Note").fill("The floor is wet");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toHaveCount(0);
  const alert = page
    .getByRole("alert")
    .filter({ hasText: `Off Once is cancelled on ${THURSDAY}.` });
  await expect(alert).toBeVisible();
  await expect(drawn(page, "Off Once")).toContainText("CancelledThe floor is wet");
  await expect(card(page, "Off Once")).toHaveCSS("text-decoration-line", "line-through");
  await expect
    .poll(() => exceptions(gym).at(-1)?.record)
    .toMatchObject({
      date: "2037-12-24",
      schedule: { id: made.id },
      cancelled: true,
      coach: null,
      note: "The floor is wet",
    });
  // The class itself is as it was, in the week after too.
  expect(gym.of("schedules", made.id)).toHaveLength(1);
  await page.getByRole("link", { name: "Next week" }).click();
  await expect(card(page, "Off Once")).not.toHaveCSS("text-decoration-line", "line-through");
  await expect(drawn(page, "Off Once")).not.toContainText("Cancelled");
  await page.goBack();
  await expect(drawn(page, "Off Once")).toContainText("Cancelled");
  await undo(page).click();
  await expect(drawn(page, "Off Once")).not.toContainText("Cancelled");
  await expect.poll(() => exceptions(gym).at(-1)?.type).toBe("del");
});

test("a substitute gives a class once: who is busy then says when, and it is taken back", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Sub Once", "Thursday", "1400");
  const other = await gym.class("Sub Busy", "Thursday", "1430");
  const free = await gym.coach("Sub Free");
  await openAt(page, NOW, week(made));
  await card(page, "Sub Once").click();
  const drawer = await opened(page);
  await drawer.getByRole("link", { name: `Only on ${THURSDAY}` }).click();
  await expect(page.getByRole("dialog", { name: `Only on ${THURSDAY}` })).toBeVisible();
  await drawer.getByRole("radio", { name: "Given by somebody else" }).check();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer.getByText("Please choose one.")).toBeVisible();
  const busy = drawer.getByRole("radio", { name: "Sub Busy Coach" });
  await expect(busy).toHaveAccessibleDescription("teaches Sub Busy on Thursday 14:30");
  // On that date it does not take place: then the coach is free after all.
  const off = await gym.ask("new_exception", {
    date: "2037-12-24",
    schedule: { id: other.id },
    cancelled: true,
  });
  await expect(busy).toHaveAccessibleDescription("free then");
  await gym.ask("delete_exception", off.id);
  await expect(busy).toHaveAccessibleDescription("teaches Sub Busy on Thursday 14:30");
  await drawer.getByRole("radio", { name: "Sub Free" }).check();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Sub Free teaches Sub Once on ${THURSDAY}.`)).toBeVisible();
  await expect(drawn(page, "Sub Once")).toContainText("Sub Free for Sub Once Coach");

  // Whoever gives it on that date finds it, and whoever usually does.
  await page.getByLabel("Workout plan").selectOption("");
  await page.getByLabel("Coach", { exact: true }).selectOption({ label: "Sub Free" });
  await expect(card(page, "Sub Once")).toBeVisible();
  await page.getByLabel("Coach", { exact: true }).selectOption({ label: "Sub Once Coach" });
  await expect(card(page, "Sub Once")).toBeVisible();
  await expect(card(page, "Sub Busy")).toBeHidden();

  // A coach who gives a class once is in use.
  await page.goto(`/coaches/${free.id}`);
  await live(page);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("link", { name: "Thursday, 24 December 2037" }).click();
  await expect(page.getByRole("dialog", { name: `Only on ${THURSDAY}` })).toBeVisible();
  await page.getByRole("button", { name: "Delete this change" }).click();
  await expect(
    page.getByText(`Sub Once on ${THURSDAY} is as usual again.`, { exact: true }),
  ).toBeVisible();
  await expect(drawn(page, "Sub Once")).not.toContainText("Sub Free");
  await undo(page).click();
  await expect(drawn(page, "Sub Once")).toContainText("Sub Free for Sub Once Coach");
});

test("a substitute who is busy may be meant, and is marked on both classes", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Twice Once", "Thursday", "1500");
  const other = await gym.class("Twice Busy", "Thursday", "1530");
  const coach = other["coach"] as { id: number };
  await openAt(page, NOW, `/classes/${made.id}/2037-12-24?coach=${coach.id}`);
  const drawer = await opened(page);
  await drawer.getByRole("radio", { name: "Given by somebody else" }).check();
  await drawer.getByRole("radio", { name: "Twice Busy Coach" }).check();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(
    page.getByText("Twice Busy Coach also teaches Twice Busy on Thursday 15:30."),
  ).toBeVisible();
  await expect(page.getByText("Twice Busy Coach is booked twice")).toHaveCount(2);
  await page.getByRole("link", { name: "Next week" }).click();
  await expect(page.getByText("is booked twice")).toHaveCount(0);
});

test("a note alone is kept, changed, and gone when nothing is left to say", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Note Once", "Thursday", "1600");
  await openAt(page, NOW, week(made));
  const change = async (from: string, note: string) => {
    await page.goto(`/classes/${made.id}/2037-12-24`);
    await live(page);
    const drawer = await opened(page);
    // Who types before the newest is here is asked which it should be.
    await expect(drawer.getByLabel("Note")).toHaveValue(from);
    await drawer.getByLabel("Note").fill(note);
    await page.keyboard.press("Control+Enter");
    await expect(drawer).toHaveCount(0);
  };
  await change("", "Bring a towel");
  await expect(drawn(page, "Note Once")).toContainText("Bring a towel");
  await change("Bring a towel", "Bring two towels");
  await expect(drawn(page, "Note Once")).toContainText("Bring two towels");
  await change("Bring two towels", " ");
  await expect(drawn(page, "Note Once")).not.toContainText("Bring");
  await expect
    .poll(() => exceptions(gym).map(({ record }) => record?.["note"]))
    .toEqual(["Bring a towel", "Bring two towels", undefined]);
});

test("without a connection a date is changed at once, kept over a reload, and sent once", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Off Line", "Thursday", "1700");
  await openAt(page, NOW, week(made));
  await goOffline(page);
  await card(page, "Off Line").click();
  const drawer = await opened(page);
  await drawer.getByRole("link", { name: `Only on ${THURSDAY}` }).click();
  await drawer.getByRole("radio", { name: "Cancelled" }).check();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(drawn(page, "Off Line")).toContainText("Cancelled");
  await page.reload();
  await expect(drawn(page, "Off Line")).toContainText("Cancelled");
  await page.getByText("1 unsent").click();
  await expect(page.getByText(`New one-off change ${THURSDAY}`)).toBeVisible();
  await page.keyboard.press("Escape");
  await card(page, "Off Line").click();
  await page.getByRole("link", { name: `Only on ${THURSDAY}` }).click();
  await expect(page.getByText("It is saved as soon as you are online")).toBeVisible();
  expect(exceptions(gym)).toEqual([]);
  await page.context().setOffline(false);
  await live(page);
  // The form is for what the server has made of it.
  await expect(page.getByRole("radio", { name: "Cancelled" })).toBeChecked();
  await expect.poll(() => exceptions(gym)).toHaveLength(1);
  await page.getByRole("button", { name: "Delete this change" }).click();
  await expect.poll(() => exceptions(gym).map(({ type }) => type)).toEqual(["put", "del"]);
});

test("what somebody else made of the date meanwhile is said, and goes first", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Both Once", "Thursday", "1800");
  await openAt(page, NOW, `/classes/${made.id}/2037-12-24`);
  const drawer = await opened(page);
  await drawer.getByLabel("Note").fill("Mine");
  const theirs = await gym.ask("new_exception", {
    date: "2037-12-24",
    schedule: { id: made.id },
    cancelled: true,
    note: "Theirs",
  });
  const alert = drawer.getByRole("alert").filter({ hasText: "changed this date meanwhile" });
  await expect(alert).toContainText("It is now: cancelled: Theirs.");
  await expect(drawer.getByLabel("Note")).toHaveValue("Mine");
  await alert.getByRole("button", { name: "Edit the new version" }).click();
  await expect(drawer.getByRole("radio", { name: "Cancelled" })).toBeChecked();
  await expect(drawer.getByLabel("Note")).toHaveValue("Theirs");
  // From here it is a form as any other.
  await drawer.getByLabel("Note").fill("Mine");
  await gym.ask("update_exception", { id: theirs.id, note: "Theirs again" });
  await drawer.getByRole("button", { name: "Mine: Mine" }).click();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => gym.of("exceptions", theirs.id).at(-1)?.record)
    .toMatchObject({ cancelled: true, note: "Mine" });
});
