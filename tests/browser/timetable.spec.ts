import type { Page } from "@playwright/test";
import { drag, finger } from "./drag";
import { card, centre, expect, lift, opened, openHours, test } from "./fixtures";

const slot = (page: Page, day: string, time: string) =>
  page.getByRole("link", { name: `Add a class on ${day} at ${time}` }).locator("xpath=..");

/** A class at this time that no filter hides. */
const shown = (page: Page, day: string, row: string, time: string) =>
  slot(page, day, row).getByText(time).filter({ visible: true });

test("a class is added by a click on an empty time", async ({ visit, gym }) => {
  const page = await visit();
  await openHours(page);
  await slot(page, "Sunday", "21:00").getByRole("link").click();
  const drawer = await opened(page);
  await expect(drawer).toHaveAccessibleName("New class");
  await expect(drawer.getByLabel("Time")).toHaveValue("21:00");
  await drawer.getByRole("combobox", { name: "Workout plan" }).click();
  await page.getByRole("listbox").getByRole("option").first().click();
  await drawer.getByRole("combobox", { name: "Coach" }).click();
  await page.getByRole("listbox").getByRole("option").first().click();
  await drawer.getByRole("button", { name: "Add class" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(shown(page, "Sunday", "21:00", "21:00")).toBeVisible();
  await expect
    .poll(() => gym.changes.at(-1)?.record)
    .toMatchObject({
      day: "Sunday",
      hour: "2100",
    });
});

test("a class is dragged by mouse, and the move can be undone", async ({ visit, gym }) => {
  const made = await gym.class("Mouse Drag", "Tuesday", "630");
  const page = await visit("/?plan=" + (made["workout_plan"] as { id: number }).id);
  await openHours(page);
  await centre(slot(page, "Thursday", "08:00"));
  await drag(page, card(page, "Mouse Drag"), slot(page, "Thursday", "08:00"));
  await expect(shown(page, "Thursday", "08:00", "08:30")).toBeVisible();
  await expect(page).toHaveURL(/\/\?plan=/);
  // Not on that date alone.
  await expect(page.getByText("Mouse Drag is every Thursday at 08:30 now.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(shown(page, "Tuesday", "06:00", "06:30")).toBeVisible();
  await expect
    .poll(() => gym.of("schedules", made.id).map((change) => change.record))
    .toMatchObject([
      { day: "Tuesday", hour: "630" },
      { day: "Thursday", hour: "830" },
      { day: "Tuesday", hour: "630" },
    ]);
});

test("a class is moved by keyboard alone", async ({ visit, gym }) => {
  const made = await gym.class("Key Drag", "Tuesday", "900");
  const page = await visit("/?plan=" + (made["workout_plan"] as { id: number }).id);
  await lift(page, page.getByRole("button", { name: /^Move Key Drag/ }));
  await expect(page.getByText("Tuesday at 09:00.")).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Wednesday at 09:00.")).toBeAttached();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText("Wednesday at 10:00.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect(shown(page, "Wednesday", "10:00", "10:00")).toBeVisible();
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({
      day: "Wednesday",
      hour: "1000",
    });
});

test("escape lets go of a class where it was", async ({ visit, gym }) => {
  const made = await gym.class("Esc Drag", "Tuesday", "900");
  const page = await visit("/?plan=" + (made["workout_plan"] as { id: number }).id);
  await lift(page, page.getByRole("button", { name: /^Move Esc Drag/ }));
  await expect(page.getByText("Tuesday at 09:00.")).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Wednesday at 09:00.")).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Not moved. Esc Drag, Tuesday at 09:00.")).toBeAttached();
  await expect(
    slot(page, "Tuesday", "09:00").getByRole("link", { name: "Esc Drag" }),
  ).toBeVisible();
  expect(gym.of("schedules", made.id)).toHaveLength(1);
});

test("a class is dragged by touch on a phone", async ({ visit, gym }) => {
  const made = await gym.class("Touch Drag", "Monday", "600");
  const plan = (made["workout_plan"] as { id: number }).id;
  const page = await visit(`/?day=Monday&plan=${plan}`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await openHours(page);
  await centre(slot(page, "Monday", "09:00"));
  const touch = await finger(page);
  await touch.lift(page.getByRole("button", { name: /^Move Touch Drag/ }));
  await touch.over(slot(page, "Monday", "09:00"));
  await touch.up();
  await expect(shown(page, "Monday", "09:00", "09:00")).toBeVisible();
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({
      hour: "900",
    });
});

test("a coach in two places at once is flagged on both classes and named", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Clash One", "Saturday", "700");
  const [other] = gym.all("workout_plans");
  await gym.ask("new_schedule", {
    day: "Sunday",
    hour: "700",
    coach: made["coach"],
    workout_plan: other,
  });
  const page = await visit("/?coach=" + (made["coach"] as { id: number }).id);
  await openHours(page);
  await expect(page.getByText("Clash One Coach is booked twice")).toHaveCount(0);
  await centre(slot(page, "Sunday", "07:00"));
  await drag(page, card(page, "Clash One"), slot(page, "Sunday", "07:00"));
  await expect(page.getByText("Clash One Coach is booked twice")).toHaveCount(2);
  await expect(
    page.getByRole("alert").getByText(/Clash One Coach teaches .* until 08:00\./),
  ).toBeVisible();
});

test("a class is copied to other days and gets another coach in one step", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Copy Me", "Monday", "1300");
  const coach = await gym.coach("Aaron Swap");
  const page = await visit("/?plan=" + (made["workout_plan"] as { id: number }).id);
  await openHours(page);
  await card(page, "Copy Me").hover();
  await page.getByRole("button", { name: /^More for Copy Me/ }).click();
  await page.getByRole("menuitem", { name: "Copy to" }).hover();
  // By key: a mouse on its way across other items would close what hovering opened.
  await page.getByRole("menuitem", { name: "Thursday" }).press("Enter");
  await expect(slot(page, "Thursday", "13:00").getByText("Copy Me")).toHaveCount(2);

  await slot(page, "Monday", "13:00").getByRole("link", { name: "Copy Me" }).hover();
  await page.getByRole("button", { name: /^More for Copy Me, Monday/ }).click();
  await page.getByRole("menuitem", { name: "Give to" }).hover();
  await page.getByRole("menuitem", { name: "Aaron Swap" }).press("Enter");
  await expect(slot(page, "Monday", "13:00").getByText("Aaron Swap")).toBeVisible();
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({
      coach: { id: coach.id },
    });
});

test("filters are in the address and survive a reload", async ({ visit, gym }) => {
  await gym.class("Filter Me", "Monday", "1400");
  const page = await visit();
  await openHours(page);
  await page.getByLabel("Workout plan").selectOption({ label: "Filter Me" });
  await expect(page.getByText(/^1 of \d+ classes a week$/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^1 of \d+ classes a week$/)).toBeVisible();
  await expect(card(page, "Filter Me")).toBeVisible();
});

test("filters that no class fits say so, and all classes are shown again", async ({
  visit,
  gym,
}) => {
  const one = await gym.class("Fits One", "Monday", "1400");
  const other = await gym.class("Fits Other", "Monday", "1500");
  const [coach, plan] = [one["coach"], other["workout_plan"]] as { id: number }[];
  const page = await visit(`/?coach=${coach?.id}&plan=${plan?.id}&day=Monday`);
  await expect(page.getByRole("heading", { name: "No class fits these filters" })).toBeVisible();
  // It is said once, with the way on.
  await expect(page.getByText("No classes")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "New class" })).toHaveCount(2);
  await page.getByRole("button", { name: "Show all classes" }).click();
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveURL("/?day=Monday");
  await expect(card(page, "Fits One")).toBeVisible();
  await expect(page.getByRole("button", { name: "Show all", exact: true })).toHaveCount(0);
});

test("in a class drawn to scale a line is whole or not there, and what is wrong is", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Whole Lines Of A Long Name", "Tuesday", "1300");
  const { coach, workout_plan } = made;
  const more = { day: "Tuesday", hour: "1330", minutes: 45, room: "Room", coach, workout_plan };
  await gym.ask("update_schedule", { id: made.id, room: "Room" });
  await gym.ask("new_schedule", more);
  const page = await visit(`/?plan=${(workout_plan as { id: number }).id}`);
  await expect(page.locator("[data-scale] [data-class]")).toHaveCount(2);
  const sliced = () =>
    page.locator("[data-scale] [data-class]").evaluateAll((cards) =>
      cards.flatMap((each) => {
        const whole = each.getBoundingClientRect();
        return Array.from(each.querySelectorAll("[data-record] > *"))
          .filter((line) => {
            const { left, top, bottom } = line.getBoundingClientRect();
            return left < whole.right - 4 && top < whole.bottom && bottom > whole.bottom + 1;
          })
          .map((line) => line.textContent);
      }),
    );
  await expect.poll(sliced).toEqual([]);
  const first = page.locator(`[data-class="${made.id}"]`);
  const clash = first.getByText("Coach and room are booked twice");
  await expect(clash).toBeVisible();
  const isWithin = async () => {
    const [box, said] = [await first.boundingBox(), await clash.boundingBox()];
    return box !== null && said !== null && said.x < box.x + box.width;
  };
  await expect.poll(isWithin).toBe(true);
});

test("arrow keys lead through the empty times", async ({ visit }) => {
  const page = await visit();
  await openHours(page);
  const begin = page.getByRole("link", { name: "Add a class on Monday at 09:00" });
  await begin.focus();
  await expect(begin).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  const link = page.getByRole("link", {
    name: "Add a class on Tuesday at 08:00",
  });
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New class" })).toBeVisible();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveAccessibleName("Tuesday");
});
