import type { Page } from "@playwright/test";
import { findings, inScheme } from "./axe";
import { openAt } from "./clock";
import { card, expect, opened, test } from "./fixtures";
import type { Gym } from "./gym";
import { givers, illness } from "./illness";

/** A Wednesday: in a week it is the 23rd. */
const NOW = "2037-12-16T12:00:00Z";

async function between(page: Page, coach: { id: number }) {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openAt(page, NOW, `/coaches/${coach.id}`);
  await page.getByRole("button", { name: "Give classes to" }).click();
  const drawer = await opened(page);
  await drawer.getByText("Between two dates").click();
  return drawer;
}

/** What is different on dates of these classes: the date, and who gives it or what else there is. */
function different(gym: Gym, ids: readonly number[]): string[] {
  const now = new Map<number, Record<string, unknown>>();
  for (const { channel, type, id, record } of gym.changes) {
    if (channel !== "exceptions") continue;
    if (type === "put" && record) now.set(id, record);
    else now.delete(id);
  }
  return [...now.values()]
    .filter(({ schedule }) => ids.includes((schedule as { id: number }).id))
    .map(({ date, cancelled, coach, note }) => {
      const giver = (coach as { name: string } | null)?.name;
      return [date, cancelled ? "cancelled" : giver, note].filter(Boolean).join(" ");
    })
    .toSorted();
}

test("an ill coach's week is given away by keyboard alone; the timetable shows it, and one undo takes it back", async ({
  page,
  gym,
  request,
}) => {
  const { ill, free, busy, ids } = await illness(gym, "Four");
  await page.setViewportSize({ width: 1440, height: 900 });
  await openAt(page, NOW, `/coaches/${ill.id}`);
  await page.getByRole("button", { name: "Give classes to" }).press("Enter");
  const drawer = await opened(page);
  await drawer.getByRole("radio", { name: "Permanently" }).press("ArrowRight");
  await expect(drawer.getByLabel("From")).toHaveValue("2037-12-16");
  await expect(drawer.getByLabel("To", { exact: true })).toHaveValue("2037-12-23");
  for (const day of ["Friday 18 December", "Monday 21 December", "Tuesday 22 December"]) {
    await expect(drawer.getByRole("checkbox", { name: day })).toBeChecked();
  }
  await expect(drawer.getByRole("radio", { name: busy["name"] as string })).toBeVisible();
  await drawer.getByRole("radio", { name: "Four Free" }).press("Space");
  await expect(drawer.getByRole("radio", { name: "Four Free" })).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(drawer).toHaveCount(0);
  await expect(
    page.getByText(
      "Four Free takes 3 classes of Four Ill from Wednesday 16 December to Wednesday 23 December.",
    ),
  ).toBeVisible();
  const given = ["2037-12-18 Four Free", "2037-12-21 Four Free", "2037-12-22 Four Free"];
  await expect.poll(() => different(gym, ids)).toEqual(given);
  const seq = gym.seq;
  const calendar = await (await request.get(`/timetable/${free.id}.ics`)).text();
  for (const day of [18, 21, 22]) expect(calendar).toContain(`203712${day}T030000`);

  await page.getByRole("button", { name: "Undo", exact: true }).press("Enter");
  await expect.poll(() => different(gym, ids)).toEqual([]);
  // Neither took more than one commit.
  await expect.poll(() => gym.seq).toBe(seq + 1);
  expect(givers(gym, ids)).toEqual(["Four Ill", "Four Ill", "Four Ill"]);
});

test("on the timetable a class has its substitute on these dates alone", async ({ page, gym }) => {
  const made = await gym.class("Five Plan", "Monday", "1300");
  const coach = made["coach"] as { id: number };
  const free = await gym.coach("Five Free");
  const drawer = await between(page, coach);
  await drawer.getByRole("radio", { name: "Five Free" }).check();
  await drawer.getByRole("button", { name: "Give 1 class to Five Free" }).click();
  await expect(drawer).toHaveCount(0);
  const plan = (made["workout_plan"] as { id: number }).id;
  await openAt(page, NOW, `/?week=2037-W52&plan=${plan}`);
  const drawn = card(page, "Five Plan").locator("xpath=ancestor::div[@data-level]");
  await expect(drawn).toContainText("Five Free");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/week=2037-W53/);
  await expect(drawn).toContainText("Five Plan Coach");
  await expect(drawn).not.toContainText("Five Free");

  // Who gives nothing but that has it to give away.
  await openAt(page, NOW, `/coaches/${free.id}`);
  await page.getByRole("button", { name: "Give classes to" }).click();
  await expect(
    (await opened(page)).getByRole("radio", { name: "Between two dates" }),
  ).toBeChecked();
  await expect(drawer.getByRole("checkbox", { name: "Monday 21 December" })).toBeChecked();
  await expect(
    drawer.getByRole("checkbox", { name: "Monday 21 December" }),
  ).toHaveAccessibleDescription("for Five Plan Coach");
});

test("what is cancelled stays, what another gives is left unless chosen, and substitutions make busy", async ({
  page,
  gym,
}) => {
  const { ill, busy, free, plan, ids } = await illness(gym, "Six");
  const other = await gym.coach("Six Other");
  const [monday, tuesday, friday] = ids.map((id) => ({ id }));
  const make = (day: string) =>
    gym.ask("new_schedule", {
      day,
      hour: "315",
      coach: other,
      workout_plan: { name: plan, id: 1 },
    });
  const [theirs, stands] = [await make("Monday"), await make("Thursday")];
  const on = (schedule: unknown, date: string, more: object) =>
    gym.ask("new_exception", { schedule, date, ...more });
  await on(friday, "2037-12-18", { cancelled: true, note: "No heating" });
  await on(tuesday, "2037-12-22", { coach: busy });
  await on(monday, "2037-12-21", { note: "Bring a mat" });
  await on({ id: theirs.id }, "2037-12-21", { coach: free });
  await on({ id: stands.id }, "2037-12-17", { coach: ill });
  const all = [...ids, stands.id];
  const before = [
    "2037-12-17 Six Ill",
    "2037-12-18 cancelled No heating",
    "2037-12-21 Bring a mat",
    "2037-12-22 Six Busy",
  ];
  await expect.poll(() => different(gym, all)).toEqual(before);

  const drawer = await between(page, ill);
  const cancelled = drawer.getByRole("checkbox", { name: "Friday 18 December" });
  await expect(cancelled).toBeDisabled();
  await expect(cancelled).toHaveAccessibleDescription("cancelled, No heating");
  const given = drawer.getByRole("checkbox", { name: "Tuesday 22 December" });
  await expect(given).not.toBeChecked();
  await expect(given).toHaveAccessibleDescription("given by Six Busy");
  const standing = drawer.getByRole("checkbox", { name: "Thursday 17 December" });
  await expect(standing).toHaveAccessibleDescription("for Six Other");
  const freeOne = drawer.getByRole("radio", { name: "Six Free" });
  await expect(freeOne).toHaveAccessibleDescription(/^teaches .* on Monday 21 December 03:15$/);
  // Of the substitution that is given away, its usual coach is free: nothing else is then.
  const select = drawer.getByRole("combobox", { name: "Who teaches Thursday 03:15" });
  await expect(select.locator("optgroup[label='Free then'] option", { hasText: "Six" })).toHaveText(
    ["Six Busy", "Six Free", "Six Other"],
  );
  await select.selectOption({ label: "Six Other" });
  await given.check();
  await drawer.getByRole("radio", { name: "Six Free" }).check();
  await drawer.getByRole("button", { name: "Give 3 classes", exact: true }).click();
  await expect(
    page.getByText("Six Free takes 2 classes and Six Other takes 1 class of Six Ill", {
      exact: false,
    }),
  ).toContainText("Six Free also teaches");
  await expect
    .poll(() => different(gym, all))
    .toEqual([
      "2037-12-18 cancelled No heating",
      "2037-12-21 Six Free Bring a mat",
      "2037-12-22 Six Free",
    ]);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => different(gym, all)).toEqual(before);
});

test("a year of many classes goes in whole batches, which is said, and one undo takes all back", async ({
  page,
  gym,
}) => {
  const ill = await gym.coach("Seven Ill");
  await gym.coach("Seven Free");
  const [plan] = gym.all("workout_plans");
  const classes: number[] = [];
  for (const hour of ["100", "200", "300", "400", "500", "600", "700", "800", "900", "1000"]) {
    const made = { day: "Monday", hour, coach: ill, workout_plan: plan };
    classes.push((await gym.ask("new_schedule", made)).id);
  }
  const drawer = await between(page, ill);
  await drawer.getByLabel("To", { exact: true }).fill("2038-12-17");
  await expect(drawer.getByText("Must be within a year of the first day.")).toBeVisible();
  await expect(drawer.getByRole("checkbox")).toHaveCount(0);
  await drawer.getByLabel("To", { exact: true }).fill("2038-12-16");
  await drawer.getByText("52 of 52 dates").first().click();
  await drawer.getByRole("checkbox", { name: "Monday 28 December" }).uncheck();
  await expect(drawer.getByText("51 of 52 dates")).toBeVisible();
  await drawer.getByRole("radio", { name: "Seven Free" }).check();
  await expect(drawer.getByText("These are 519 dates. They are saved in 2 parts")).toBeVisible();
  const before = gym.seq;
  await drawer.getByRole("button", { name: "Give 519 classes to Seven Free" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page.getByText("They are saved in 2 parts.", { exact: false })).toBeVisible();
  await expect.poll(() => different(gym, classes)).toHaveLength(519);
  expect(gym.seq).toBe(before + 2);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => different(gym, classes)).toHaveLength(0);
});

test("the choice of dates has no finding of axe, wide and narrow, light and dark", async ({
  page,
  gym,
}) => {
  const { ill, busy, ids } = await illness(gym, "Eight");
  const on = (at: number, date: string, more: object) =>
    gym.ask("new_exception", { schedule: { id: ids[at] }, date, ...more });
  await on(2, "2037-12-18", { cancelled: true, note: "No heating" });
  await on(1, "2037-12-22", { coach: busy });
  const drawer = await between(page, ill);
  await drawer.getByRole("radio", { name: "Eight Busy" }).check();
  const lines: string[] = [];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of ["light", "dark"] as const) {
      await inScheme(page, scheme);
      lines.push(...(await findings(page)).map((line) => `${width} ${scheme} ${line}`));
    }
  }
  expect(lines).toEqual([]);
});
