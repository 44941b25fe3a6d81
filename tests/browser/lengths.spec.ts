import type { Locator, Page } from "@playwright/test";
import { card, expect, lift, opened, test } from "./fixtures";
import type { Gym } from "./gym";

/** What is drawn of a class. */
const drawn = (page: Page, name: string) =>
  card(page, name).locator("xpath=ancestor::div[@data-level]");

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error("It is not on the screen.");
  return found;
}

/** What is said of where things are, once it is so: the layout follows the records in its own time. */
const laidOut = (said: () => Promise<void>) => expect(said).toPass({ timeout: 30_000 });

const coachOf = (made: Record<string, unknown>) => (made["coach"] as { id: number }).id;

/** Gives the second class the coach of the first, and shows what that coach does. */
async function share(gym: Gym, first: Record<string, unknown>, second: { id: number }) {
  await gym.ask("update_schedule", { id: second.id, coach: first["coach"] });
  return `/?coach=${coachOf(first)}`;
}

test("a class of 90 minutes is as tall as one and a half hours", async ({ visit, gym }) => {
  const first = await gym.class("Tall Hour", "Monday", "1300");
  const second = await gym.class("Tall Long", "Tuesday", "1330");
  await gym.ask("update_schedule", { id: second.id, minutes: 90 });
  const page = await visit(await share(gym, first, second));
  await laidOut(async () => {
    const hour = await box(page.getByRole("row", { name: /^13:00/ }));
    const one = await box(drawn(page, "Tall Hour"));
    const long = await box(drawn(page, "Tall Long"));
    // A gap of 2 pixels lies between one class and the next.
    expect(one.height + 2).toBeCloseTo(hour.height, 0);
    expect(long.height + 2).toBeCloseTo(hour.height * 1.5, 0);
    expect(long.y - one.y).toBeCloseTo(hour.height / 2, 0);
  });
});

test("classes that overlap lie side by side, and a filter gives the room back", async ({
  visit,
  gym,
}) => {
  const first = await gym.class("Side One", "Monday", "1400");
  const second = await gym.class("Side Two", "Monday", "1430");
  const page = await visit(await share(gym, first, second));
  let narrow = Infinity;
  await laidOut(async () => {
    const left = await box(drawn(page, "Side One"));
    const right = await box(drawn(page, "Side Two"));
    expect(left.x + left.width).toBeLessThanOrEqual(right.x);
    expect(left.y + left.height).toBeGreaterThan(right.y);
    narrow = right.width;
  });
  await expect(page.getByText("Side One Coach is booked twice")).toHaveCount(2);

  await page.getByLabel("Workout plan").selectOption({ label: "Side Two" });
  await expect(drawn(page, "Side One")).toBeHidden();
  await laidOut(async () => {
    expect((await box(drawn(page, "Side Two"))).width).toBeGreaterThan(narrow);
  });
});

test("who is wanted twice is named while a class still moves", async ({ visit, gym }) => {
  const first = await gym.class("Still One", "Monday", "1700");
  const second = await gym.class("Still Two", "Tuesday", "1730");
  const page = await visit(await share(gym, first, second));
  await lift(page, page.getByRole("button", { name: /^Move Still Two/ }));
  await expect(page.getByText("Tuesday at 17:30.")).toBeAttached();
  await page.keyboard.press("ArrowLeft");
  const line = "Still One Coach teaches Still One until 18:00.";
  // Said, and shown under the class.
  await expect(page.getByText(`Monday at 17:30. ${line}`)).toBeAttached();
  await expect(page.getByText(`${line} You can still drop it here.`)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect
    .poll(() => gym.of("schedules", second.id).at(-1)?.record)
    .toMatchObject({ day: "Tuesday" });
});

test("the form has length, room and capacity, and names overlaps while one types", async ({
  visit,
  gym,
}) => {
  const first = await gym.class("Form One", "Monday", "1500");
  const second = await gym.class("Form Two", "Monday", "1630");
  await gym.ask("update_schedule", { id: first.id, room: "Form Room" });
  const page = await visit(`/classes/${second.id}`);
  const drawer = await opened(page);
  await drawer.getByLabel("Room").click();
  await page.getByRole("option", { name: "Form Room" }).click();
  const line = drawer.getByRole("alert").getByText(/Form Room has Form One/);
  await expect(line).toHaveCount(0);
  await drawer.getByLabel("Time").fill("15:30");
  await expect(line).toContainText("Form Room has Form One until 16:00.");
  await drawer.getByLabel("Length").fill("4");
  await expect(drawer.getByText("Must be a whole number from 5 to 480.")).toBeVisible();
  await drawer.getByLabel("Length").fill("75");
  await drawer.getByLabel("Capacity").fill("14");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toHaveCount(0);
  await expect
    .poll(() => gym.of("schedules", second.id).at(-1)?.record)
    .toMatchObject({ hour: "1530", minutes: 75, room: "Form Room", capacity: 14 });
});

test("a class goes on after midnight, on the next day", async ({ visit, gym }) => {
  const made = await gym.class("Late One", "Sunday", "2330");
  await gym.ask("update_schedule", { id: made.id, minutes: 90 });
  const page = await visit(`/?coach=${coachOf(made)}`);
  await expect(page.getByRole("link", { name: "Late One, from Sunday" })).toBeVisible();
  await expect(page.getByText("until 01:00")).toBeVisible();
  await gym.ask("delete_schedule", made.id);
});
