/** Which hours the timetable shows, and where it opens. */
import type { Page } from "@playwright/test";
import { openAt, test } from "./clock";
import { hold, moveOver } from "./drag";
import { card, centre, expect, opened } from "./fixtures";

/** A Wednesday, 18:30 in Berlin. */
const EVENING = "2037-12-16T17:30:00Z";
const MORNING = "2037-12-16T05:30:00Z";

const planOf = (made: Record<string, unknown>) => (made["workout_plan"] as { id: number }).id;
/** Folded hours, whatever other tests have in them. */
const band = (page: Page, hours: string) =>
  page.getByRole("button", { name: new RegExp(`^${hours}: `) });
const rows = (page: Page) => page.getByRole("rowheader");

test("hours without classes are folded up, and opened by a click; a filter leaves those of what it shows", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Hours Fold", "Tuesday", "900");
  await gym.ask("update_schedule", { id: made.id, minutes: 90 });
  await openAt(page, EVENING, `/?plan=${planOf(made)}`);
  await expect(rows(page)).toHaveText(["09:00", "10:00"]);
  const after = band(page, "11:00 to 00:00");
  await expect(after).toHaveAttribute("aria-expanded", "false");
  await after.press("Enter");
  await expect(after).toHaveAttribute("aria-expanded", "true");
  await expect(rows(page)).toHaveCount(15);
  await page.getByRole("link", { name: "Add a class on Sunday at 23:00" }).press("Enter");
  await expect((await opened(page)).getByLabel("Time")).toHaveValue("23:00");
  await page.keyboard.press("Escape");
  await after.click();
  await expect(rows(page)).toHaveCount(2);
  // Something at another hour unfolds it.
  await gym.ask("update_schedule", { id: made.id, hour: "1500", minutes: 60 });
  await expect(rows(page)).toHaveText(["15:00"]);
});

test("hours whose classes a filter hides are not said to have none, and are not offered as free", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Hours Seen", "Tuesday", "900");
  const same = await gym.class("Hours Hidden", "Thursday", "900");
  const later = await gym.class("Hours Later", "Sunday", "1700");
  await openAt(page, EVENING, `/?plan=${planOf(made)}`);
  await expect(band(page, "10:00 to 00:00")).toHaveText(
    "10:00 to 00:00: none that fit the filters",
  );
  const cell = page.getByRole("link", { name: "Add a class on Thursday at 09:00" }).locator("..");
  await expect(cell).not.toHaveAttribute("data-empty");
  for (const { id } of [same, later]) await gym.ask("delete_schedule", id);
});

test("a class that is held over folded hours unfolds them, and is dropped there", async ({
  page,
  gym,
}) => {
  const made = await gym.class("Hours Held", "Tuesday", "900");
  await openAt(page, EVENING, `/?plan=${planOf(made)}`);
  const after = band(page, "10:00 to 00:00");
  await centre(after);
  await hold(page, card(page, "Hours Held"), after);
  await page.clock.runFor(1000);
  const place = page.getByRole("link", { name: "Add a class on Thursday at 11:00" });
  await moveOver(page, place.locator("xpath=.."));
  await page.mouse.up();
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({ day: "Thursday", hour: "1100" });
});

test("it opens at the present, but not where an address says another thing", async ({ page }) => {
  const top = (hour: string) =>
    page
      .getByRole("rowheader", { name: hour })
      .evaluate((element) => element.getBoundingClientRect().top);
  await page.setViewportSize({ width: 1024, height: 700 });
  await openAt(page, EVENING);
  await expect(page.locator("th[data-now]")).toHaveText("18:00");
  // Of the days, today alone has the mark: 16 December is a Wednesday.
  await expect(page.locator("td[data-now]")).toHaveCount(1);
  await expect(
    page.locator("td[data-now]").getByRole("link", { name: "Add a class on Wednesday at 18:00" }),
  ).toHaveCount(1);
  const isAtTop = async () => {
    const at = await top("18:00");
    return at > 40 && at < 350;
  };
  await expect.poll(isAtTop).toBe(true);
  for (const path of ["/?week=2037-W52", "/?difficulty=Beginner"]) {
    await page.goto(path);
    await expect(rows(page).first()).toBeVisible();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  }
});

test("in the morning the top of the page stays in sight", async ({ page }) => {
  await openAt(page, MORNING);
  await expect(page.locator("th[data-now]")).toHaveText("06:00");
  expect(await page.evaluate(() => scrollY)).toBe(0);
});
