/** What could be met with silence is put into words: a refusal, an address that leads to nothing, a class that goes. */
import type { Page } from "@playwright/test";
import { hold } from "./drag";
import { card, expect, field, go, lift, live, openHours, test } from "./fixtures";
import { Gym } from "./gym";
import { slowServer } from "./slow";

const cell = (page: Page, day: string, time: string) =>
  page.getByRole("link", { name: `Add a class on ${day} at ${time}` }).locator("xpath=..");

/** Everything that the page itself complains of. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(message.text());
  });
  return heard;
}

test("a sign-in that is refused after too many tries says so, and for how long", async ({
  page,
}) => {
  await page.goto("/account");
  await live(page);
  const username = `nobody.${Date.now()}`;
  const alert = page.getByRole("alert");
  await field(page, "Username").fill(username);
  await field(page, "Password").fill("a wrong guess");
  let said: string | null = "";
  do {
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(alert).toBeVisible();
    said = await alert.textContent();
  } while (said === "The username or the password is wrong.");
  expect(said).toMatch(/^Too many requests\. Please try again in \d+ s\.$/);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
  // Neither of the two is wrong, and nothing typed is lost.
  await expect(field(page, "Username")).toHaveValue(username);
  await expect(page.locator("[aria-invalid='true']")).toHaveCount(0);
});

test("an address without a record says so, and offers nothing to do with it", async ({
  visit,
  gym,
}) => {
  const page = await visit();
  for (const [path, one, all] of [
    ["/classes/999999", "class", "/"],
    ["/classes/nonsense", "class", "/"],
    ["/coaches/999999", "coach", "/coaches"],
    ["/coaches/999999/edit", "coach", "/coaches"],
    ["/plans/nonsense/edit", "workout plan", "/plans"],
  ] as const) {
    await go(page, path);
    await expect(page.getByText(`This ${one} does not exist`), path).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Save|Add|Delete)/ })).toHaveCount(0);
    await page.getByRole("link", { name: /^See all/ }).click();
    await expect(page).toHaveURL(all);
    await expect(page.getByText("does not exist")).toHaveCount(0);
  }
  expect(gym.changes).toEqual([]);
});

test("an address that cannot be loaded without a connection says so, and comes with it", async ({
  page,
  gym,
}) => {
  const slot = await gym.class("Not Loaded", "Sunday", "1600");
  const coach = slot["coach"] as { id: number; name: string };
  const { id } = coach;
  let isAway = true;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (isAway) void socket.close();
    else socket.connectToServer();
  });
  await page.goto("/coaches");
  // Browsers say so at once; who hears nothing from the server has to wait to be sure.
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  for (const path of ["/", "/coaches", `/coaches/${id}`, `/coaches/${id}/edit`]) {
    await go(page, path);
    await expect(page.getByText("You are offline"), path).toBeVisible();
  }
  await go(page, `/classes/${slot.id}`);
  const drawer = page.getByRole("dialog", { name: "Class" });
  await expect(drawer.getByText("You are offline")).toBeVisible();
  isAway = false;
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.getByRole("dialog", { name: "Not Loaded" })).toBeVisible();
});

test("a record that is deleted while it is looked at says by whom", async ({
  visit,
  gym,
  server,
}) => {
  const slot = await gym.class("Looked At", "Sunday", "1700");
  const coach = await gym.coach("Lou Looked-At");
  const dora = await Gym.connect(server.url, await gym.account("Dora"));
  const viewed = await visit(`/coaches/${coach.id}`);
  const opened = await visit(`/classes/${slot.id}`);
  await expect(opened.getByRole("dialog", { name: "Looked At" })).toBeVisible();
  await gym.ask("delete_coach", { id: coach.id });
  await expect(viewed.getByText("Someone deleted it.")).toBeVisible();
  await dora.ask("delete_schedule", { id: slot.id });
  await expect(opened.getByRole("alert").getByText("Dora deleted this meanwhile")).toBeVisible();
  await opened.getByRole("button", { name: "Cancel" }).click();
  await expect(opened.getByRole("dialog")).toHaveCount(0);
  dora.close();
});

for (const by of ["mouse", "keyboard"] as const) {
  test(`a class that is deleted under a drag by ${by} says so, and nothing is sent`, async ({
    visit,
    gym,
    server,
  }) => {
    const name = `Gone By ${by}`;
    const slot = await gym.class(name, "Tuesday", "900");
    const dora = await Gym.connect(server.url, await gym.account("Dora"));
    const page = await visit("/?plan=" + (slot["workout_plan"] as { id: number }).id);
    await openHours(page);
    const heard = complaints(page);
    if (by === "mouse") {
      await hold(page, card(page, name), cell(page, "Thursday", "08:00"));
    } else {
      await lift(page, page.getByRole("button", { name: new RegExp(`^Move ${name}`) }));
      await expect(page.getByText("Tuesday at 09:00.")).toBeAttached();
      await page.keyboard.press("ArrowRight");
      await expect(page.getByText("Wednesday at 09:00.")).toBeAttached();
    }
    await dora.ask("delete_schedule", { id: slot.id });
    await expect(page.getByText(`Dora deleted ${name} while you moved it.`)).toBeVisible();
    await expect(page.locator("td[data-over]")).toHaveCount(0);
    // Neither in the grid nor in the hand.
    await expect(page.getByRole("paragraph").filter({ hasText: `${name} Coach` })).toHaveCount(0);
    if (by === "mouse") await page.mouse.up();
    else {
      // One goes on from where the class was.
      await expect(
        page.getByRole("link", { name: "Add a class on Tuesday at 09:00" }),
      ).toBeFocused();
    }
    // What the page had sent would have come before this.
    await page.getByRole("link", { name: "Coaches" }).click();
    await expect(page.getByRole("heading", { name: "Coaches" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
    await expect
      .poll(() => gym.of("schedules", slot.id).map(({ type }) => type))
      .toEqual(["put", "del"]);
    expect(heard).toEqual([]);
    dora.close();
  });
}

test("a class that is deleted as it is dropped says by whom", async ({ page, gym, server }) => {
  const slot = await gym.class("Dropped Late", "Tuesday", "900");
  const dora = await Gym.connect(server.url, await gym.account("Dora"));
  const slow = await slowServer(page);
  await page.goto("/?plan=" + (slot["workout_plan"] as { id: number }).id);
  await live(page);
  await openHours(page);
  await hold(page, card(page, "Dropped Late"), cell(page, "Thursday", "08:00"));
  // Not for so long that the page takes the connection for lost.
  slow.hold();
  await dora.ask("delete_schedule", { id: slot.id });
  dora.close();
  await page.mouse.up();
  await expect(page.getByText("Dropped Late is every Thursday at 08:00 now.")).toBeVisible();
  slow.release();
  await expect(page.getByText("Dora deleted Dropped Late meanwhile.")).toBeVisible();
  await expect(page.getByText("unsent")).toHaveCount(0);
});
