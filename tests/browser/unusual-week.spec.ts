import { findingsInBoth } from "./axe";
import { openAt, test } from "./clock";
import { card, expect, live, opened } from "./fixtures";
import { Gym } from "./gym";
import { PASSWORD, Server, STARTING } from "./server";

/** A Wednesday; the Thursday of the next week is the 24th. */
const NOW = "2037-12-16T12:00:00Z";

const planOf = (made: Record<string, unknown>) => (made["workout_plan"] as { id: number }).id;

/** A class that is cancelled, one with a substitute, one that left an exception behind, and a closed day. */
async function unusualWeek(gym: Gym, name: string) {
  const off = await gym.class(`${name} Off`, "Tuesday", "1300");
  const sub = await gym.class(`${name} Sub`, "Wednesday", "1300");
  const moved = await gym.class(`${name} Moved`, "Friday", "1300");
  const on = (made: { id: number }, date: string, more: object) =>
    gym.ask("new_exception", { date, schedule: { id: made.id }, ...more });
  await on(off, "2037-12-22", { cancelled: true, note: "The floor is wet" });
  await on(sub, "2037-12-23", { coach: off["coach"], note: "A note" });
  await on(moved, "2037-12-25", { cancelled: true });
  await gym.ask("update_schedule", { id: moved.id, day: "Saturday" });
  const closed = await gym.ask("new_exception", { date: "2037-12-24", cancelled: true });
  const end = async () => {
    await gym.ask("delete_exception", closed.id);
    await gym.ask("delete_schedule", moved.id);
  };
  return { off, sub, moved, end };
}

test("axe finds nothing in a week in which all that can be is different", async ({ page, gym }) => {
  const { end } = await unusualWeek(gym, "Axe");
  await page.goto("/?week=2037-W52");
  await live(page);
  await expect(page.getByText("A change for Friday, 25 December 2037 is left over")).toBeVisible();
  const lines = await findingsInBoth(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Thursday 24 December, closed" }).click();
  lines.push(...(await findingsInBoth(page)));
  expect(lines).toEqual([]);
  await end();
});

test("axe finds nothing in what opens over it", async ({ page, gym }) => {
  const { off, sub, moved, end } = await unusualWeek(gym, "Over");
  const lines: string[] = [];
  for (const path of [
    `/classes/${off.id}/2037-12-22`,
    `/classes/${sub.id}/2037-12-23`,
    `/classes/${moved.id}/2037-12-25`,
    `/classes/${off.id}`,
    "/days/2037-12-24",
  ]) {
    // Of the rest of the week another test is.
    await page.goto(`${path}?plan=${planOf(off)}`);
    await live(page);
    await opened(page);
    lines.push(...(await findingsInBoth(page)));
  }
  expect(lines).toEqual([]);
  await end();
});

test("who may only look sees what is different, and is offered nothing", async ({ page }) => {
  test.setTimeout(STARTING + 180_000);
  const server = await Server.start({ ACCESS: "public-read", TIMEZONE: "Europe/Berlin" });
  const gym = await Gym.signedIn(server.url, "admin", PASSWORD);
  const made = await gym.class("Look Only", "Thursday", "1300");
  const on = { date: "2037-12-24", schedule: { id: made.id } };
  await gym.ask("new_exception", { ...on, cancelled: true, note: "Seen by all" });
  await gym.ask("new_exception", { date: "2037-12-25", cancelled: true, note: "Shut" });
  await gym.ask("new_exception", { ...on, date: "2037-12-31", note: "Left" });
  const drawn = card(page, "Look Only").locator("xpath=ancestor::div[@data-level]");
  await openAt(page, NOW, `${server.url}/?week=2037-W52`);
  await expect(drawn).toContainText("CancelledSeen by all");
  const heading = page.getByRole("columnheader", { name: "Friday 25 December" });
  await expect(heading).toContainText("Closed Shut");
  await expect(heading.getByRole("link")).toHaveCount(0);
  await card(page, "Look Only").click();
  await page.getByRole("link", { name: /^Only on Thursday 24 December/ }).click();
  const drawer = page.getByRole("dialog", { name: "Only on Thursday 24 December" });
  await expect(drawer).toContainText("cancelled: Seen by all");
  await expect(drawer.getByRole("radio")).toHaveCount(0);
  await expect(drawer.getByRole("button")).toHaveText([""]);
  await page.goto(`${server.url}/days/2037-12-25`);
  await expect(page.getByRole("dialog")).toContainText("closed: Shut");
  await expect(page.getByRole("dialog").getByRole("button")).toHaveCount(1);
  await gym.ask("update_schedule", { id: made.id, day: "Monday" });
  await page.goto(`${server.url}/?week=2037-W52`);
  await expect(drawn).toBeVisible();
  await expect(drawn).not.toContainText("Cancelled");
  await expect(page.getByText("left over")).toHaveCount(0);
  gym.close();
  await server.remove();
});
