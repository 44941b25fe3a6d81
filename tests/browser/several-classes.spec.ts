import type { Locator } from "@playwright/test";
import { findings, inScheme } from "./axe";
import { card, expect, opened, openHours, show, test } from "./fixtures";

const coachOf = (made: Record<string, unknown>) => (made["coach"] as { id: number }).id;
const planOf = (made: Record<string, unknown>) => (made["workout_plan"] as { id: number }).id;

test("classes on several days and times are one commit with one message, and one undo", async ({
  visit,
  gym,
}) => {
  const there = await gym.class("Several At Once", "Sunday", "600");
  const page = await visit(`/?plan=${planOf(there)}`);
  await openHours(page);
  await page.getByRole("link", { name: "Add a class on Monday at 07:00" }).click();
  const form = await opened(page);
  const [plan, coach] = ["Workout plan", "Coach"].map((name) =>
    form.getByRole("combobox", { name }),
  ) as [Locator, Locator];
  await plan.fill("Several At");
  await page.keyboard.press("Enter");
  await expect(plan).toHaveValue("Several At Once");
  await coach.fill("Several At");
  await page.keyboard.press("Enter");
  await expect(coach).toHaveValue("Several At Once Coach");
  await expect(form.getByRole("checkbox", { name: "Monday" })).toBeChecked();
  await expect(form.getByRole("button", { name: "Add class" })).toBeVisible();
  await form.getByRole("checkbox", { name: "Friday" }).check();
  await form.getByRole("button", { name: "Add a time" }).click();
  await form.getByLabel("Time 2").fill("18:30");
  await expect.poll(() => gym.of("schedules", there.id)).toHaveLength(1);
  const before = gym.seq;
  await form.getByRole("button", { name: "Add 4 classes" }).click();
  await expect(form).toHaveCount(0);
  await expect(
    page.getByText("Several At Once is on Monday and Friday at 07:00 and 18:30."),
  ).toBeVisible();
  await expect(card(page, "Several At Once")).toHaveCount(5);
  await expect.poll(() => gym.seq).toBe(before + 1);
  const made = gym.changes.slice(-4).map(({ record }) => [record?.["day"], record?.["hour"]]);
  expect(made.toSorted()).toEqual([
    ["Friday", "1830"],
    ["Friday", "700"],
    ["Monday", "1830"],
    ["Monday", "700"],
  ]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card(page, "Several At Once")).toHaveCount(1);
  await expect.poll(() => gym.seq).toBe(before + 2);
});

test("a warning that is further down than one sees begins in the bar of the buttons", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Seen Before", "Monday", "1300");
  const page = await visit(`/classes/new?copy=${slot.id}`);
  await page.setViewportSize({ width: 1024, height: 600 });
  const form = await opened(page);
  const inBar = form.getByText(/teaches Seen Before/).and(form.locator("[aria-hidden] *"));
  await expect(inBar).toHaveCount(0);
  await form.getByRole("checkbox", { name: "Monday" }).check();
  await expect(inBar).toBeInViewport();
  await show(form.getByRole("alert"));
  await expect(form.getByRole("alert").getByText("At the same time")).toBeInViewport();
  await expect(inBar).toHaveCount(0);
});

test("a class is copied to days and times that are ticked, and says what overlaps", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Copied Twice", "Monday", "1300");
  await gym.ask("update_schedule", { id: slot.id, minutes: 45, room: "Copy Room", capacity: 9 });
  const page = await visit(
    `/classes/${slot.id}?plan=${(slot["workout_plan"] as { id: number }).id}`,
  );
  const form = await opened(page);
  await expect(form.getByRole("combobox", { name: "Day" })).toHaveValue("Monday");
  await expect(form.getByRole("checkbox")).toHaveCount(0);
  await form.getByRole("link", { name: "Several days and times" }).click();
  await expect(page.getByRole("dialog", { name: "New class" })).toBeVisible();
  await expect(form.getByLabel("Room")).toHaveValue("Copy Room");
  await form.getByRole("button", { name: "Add class" }).click();
  await expect(form.getByText("Please choose at least one.")).toBeVisible();
  await expect(form.getByRole("checkbox", { name: "Monday" })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press("Space");
  await expect(form.getByText("At the same time")).toBeVisible();
  await form.getByRole("checkbox", { name: "Tuesday" }).check();
  await form.getByRole("button", { name: "Add a time" }).click();
  await expect(form.getByLabel("Time 2")).toBeFocused();
  await form.getByLabel("Time 2").fill("13:30");
  await expect(form.getByRole("alert").last()).toContainText(
    "Monday 13:00: Copied Twice Coach teaches Copied Twice in Copy Room until 13:45.",
  );
  await expect(form.getByRole("alert").last()).toContainText(
    "Tuesday 13:30: Copied Twice Coach would also teach Copied Twice in Copy Room until 13:45.",
  );
  await form.getByRole("checkbox", { name: "Monday" }).uncheck();
  await form.getByRole("button", { name: "Remove the time 13:30" }).click();
  await expect(form.getByText("At the same time")).toHaveCount(0);
  await form.getByRole("checkbox", { name: "Sunday" }).check();
  await form.getByRole("button", { name: "Add 2 classes" }).click();
  await expect(form).toHaveCount(0);
  await expect(page).not.toHaveURL(/copy=/);
  const copies = () =>
    gym.changes
      .filter(({ channel, record }) => channel === "schedules" && record?.["room"] === "Copy Room")
      .filter(({ id }) => id !== slot.id)
      .map(({ record }) => record);
  await expect.poll(() => copies().length).toBe(2);
  for (const copy of copies()) {
    expect(copy).toMatchObject({ hour: "1300", minutes: 45, capacity: 9 });
    expect(coachOf(copy ?? {})).toBe(coachOf(slot));
  }
});

test("the days and times of new classes are kept over a reload", async ({ visit }) => {
  const page = await visit("/classes/new?day=Monday&hour=900");
  const form = await opened(page);
  await form.getByRole("checkbox", { name: "Thursday" }).check();
  await form.getByRole("button", { name: "Add a time" }).click();
  await form.getByLabel("Time 2").fill("10:15");
  await page.reload();
  await expect(page.getByText("This is what you had typed before")).toBeVisible();
  await expect(form.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await expect(form.getByLabel("Time 2")).toHaveValue("10:15");
  await form.getByRole("button", { name: "Cancel" }).click();
});

test("the form of new classes is whole on every screen, in both schemes", async ({ visit }) => {
  const page = await visit("/classes/new?day=Monday&hour=900");
  const form = await opened(page);
  for (let time = 2; time <= 4; time += 1) {
    await form.getByRole("button", { name: "Add a time" }).click();
    await form.getByLabel(`Time ${time}`).fill(`1${time}:00`);
  }
  for (const width of [1440, 820, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of ["light", "dark"] as const) {
      await inScheme(page, scheme);
      expect(await findings(page), `${width} ${scheme}`).toEqual([]);
    }
    const over = () => form.evaluate((element) => element.scrollWidth - element.clientWidth);
    await expect.poll(over).toBeLessThanOrEqual(0);
  }
});
