import type { Page } from "@playwright/test";
import { standStill } from "./clock";
import { drag } from "./drag";
import { card, centre, expect, goOffline, live, openHours, test } from "./fixtures";
import { Gym } from "./gym";

type Slot = Awaited<ReturnType<Gym["class"]>>;

const filtered = (slot: Slot) => "/?plan=" + (slot["workout_plan"] as { id: number }).id;
const cell = (page: Page, day: string, time: string) =>
  page.getByRole("link", { name: `Add a class on ${day} at ${time}` }).locator("xpath=..");
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });

/** Drags the class to another time, and waits until the server has it. */
async function move(page: Page, gym: Gym, slot: Slot, name: string): Promise<void> {
  await openHours(page);
  await centre(cell(page, "Thursday", "08:00"));
  await drag(page, card(page, name), cell(page, "Thursday", "08:00"));
  await expect
    .poll(() => gym.of("schedules", slot.id).at(-1)?.record)
    .toMatchObject({ day: "Thursday" });
}

test("undoing a move overwrites nobody, and says who changed what", async ({
  visit,
  gym,
  server,
}) => {
  const slot = await gym.class("Undo Move", "Tuesday", "600");
  const una = await Gym.connect(server.url, await gym.account("Una"));
  const page = await visit(filtered(slot));
  await move(page, gym, slot, "Undo Move");
  await una.ask("update_schedule", { id: slot.id, hour: "915" });
  una.close();
  await undo(page).click();
  await expect(
    page.getByText("This was not undone. Una changed Undo Move again after it. Time is now 09:15."),
  ).toBeVisible();
  await page.getByRole("link", { name: "See the class" }).click();
  await expect(page.getByRole("dialog", { name: "Undo Move" }).getByLabel("Time")).toHaveValue(
    "09:15",
  );
  await expect
    .poll(() => gym.of("schedules", slot.id).at(-1)?.record)
    .toMatchObject({ day: "Thursday", hour: "915" });
});

test("undoing a copy leaves what somebody has made of it", async ({ visit, gym }) => {
  const slot = await gym.class("Undo Copy", "Tuesday", "600");
  const page = await visit(`/classes/${slot.id}`);
  await page.getByRole("dialog").getByRole("button", { name: "Friday", exact: true }).click();
  const copies = () =>
    gym.changes.filter((change) => change.id > slot.id && change.channel === "schedules");
  await expect.poll(copies).toHaveLength(1);
  await gym.ask("update_schedule", { id: copies()[0]?.id, hour: "1015" });
  await undo(page).click();
  await expect(page.getByText("Someone changed Undo Copy on Friday again after it")).toBeVisible();
  await expect.poll(() => copies().map(({ type }) => type)).toEqual(["put", "put"]);
});

test("without a connection, undo says so, and works when it is back", async ({ visit, gym }) => {
  const slot = await gym.class("Undo Later", "Tuesday", "600");
  const page = await visit(filtered(slot));
  await move(page, gym, slot, "Undo Later");
  await page.context().setOffline(true);
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  await undo(page).click();
  await expect(page.getByText("Undo Later was not undone. You are offline")).toBeVisible();
  await page.context().setOffline(false);
  await live(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect
    .poll(() => gym.of("schedules", slot.id).at(-1)?.record)
    .toMatchObject({ day: "Tuesday", hour: "600" });
});

test("an edit that waits is taken back before it is sent", async ({ visit, gym }) => {
  const slot = await gym.class("Undo Before", "Tuesday", "600");
  const page = await visit(filtered(slot));
  await goOffline(page);
  await openHours(page);
  await centre(cell(page, "Thursday", "08:00"));
  await drag(page, card(page, "Undo Before"), cell(page, "Thursday", "08:00"));
  await undo(page).click();
  await expect(
    cell(page, "Tuesday", "06:00").getByRole("link", { name: "Undo Before" }),
  ).toBeVisible();
  await expect(page.getByText("unsent", { exact: false })).toHaveCount(0);
  await page.context().setOffline(false);
  await live(page);
  await gym.ask("update_schedule", { id: slot.id, hour: "615" });
  await expect(page.getByText("06:15")).toBeVisible();
  await expect
    .poll(() => gym.of("schedules", slot.id).map(({ record }) => record?.["day"]))
    .toEqual(["Tuesday", "Tuesday"]);
});

test("a commit of the history is undone once, however often one clicks", async ({ visit, gym }) => {
  const coach = await gym.coach("Tim Twice", { age: 30 });
  await gym.ask("update_coach", { id: coach.id, age: 31 });
  const page = await visit(`/coaches/${coach.id}`);
  await standStill(page);
  await page
    .getByRole("region", { name: "History" })
    .getByRole("button", { name: /^Undo/ })
    .first()
    .dblclick();
  await expect(page.getByText("Undone")).toHaveCount(1);
  await expect
    .poll(() => gym.of("coaches", coach.id).map(({ record }) => record?.["age"]))
    .toEqual([30, 31, 30]);
  await expect(page.getByText("was not undone")).toHaveCount(0);
});
