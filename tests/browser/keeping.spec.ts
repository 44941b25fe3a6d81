import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, field, go, goOffline, kept, live, test } from "./fixtures";
import type { Gym } from "./gym";
import { keepersOf } from "./stored";

const MARKER = "marker-of-a-secret-9";

/** A coach who can sign in. */
async function person(gym: Gym, name: string) {
  const username = `${name.toLowerCase().replace(" ", ".")}.${Date.now()}`;
  const { id } = await gym.coach(name, { age: 30, username, password: "long enough" });
  return { id, username };
}

async function signIn(page: Page, username: string): Promise<void> {
  await go(page, "/account");
  await field(page, "Username").fill(username);
  await field(page, "Password").fill("long enough");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(`Signed in as ${username}`)).toBeVisible();
}

async function online(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await live(page);
}

async function save(page: Page, id: number, age: string): Promise<void> {
  await go(page, `/coaches/${id}/edit`);
  await field(page, "Age").fill(age);
  await page.getByRole("button", { name: "Save" }).click();
}

test("a password is kept nowhere on the device, and has to be typed again", async ({
  visit,
  gym,
}) => {
  const rose = await person(gym, "Rose Secret");
  const page = await visit();
  await signIn(page, rose.username);
  await go(page, `/coaches/${rose.id}/edit`);
  await field(page, "Age").fill("31");
  await field(page, "Password").fill(MARKER);
  await expect.poll(() => keepersOf(page, '\\"31\\"')).toHaveLength(1);
  expect(await keepersOf(page, MARKER)).toEqual([]);

  await page.reload();
  await expect(field(page, "Age")).toHaveValue("31");
  await expect(field(page, "Password")).toHaveValue("");
  await expect(page.getByText("Passwords are never saved on a device")).toBeVisible();

  await goOffline(page);
  await field(page, "Password").fill(MARKER);
  await expect(page.getByText("if you leave this page open until then")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("1 unsent")).toBeVisible();
  expect(await keepersOf(page, MARKER)).toEqual([]);

  await page.reload();
  await page.getByRole("button", { name: "1 to check" }).click();
  const edits = page.getByRole("dialog", { name: "Your edits" });
  await expect(edits.getByText("Passwords are never saved on a device")).toBeVisible();
  await edits.getByRole("button", { name: "Review" }).click();
  await expect(field(page, "Age")).toHaveValue("31");
  await expect(field(page, "Password")).toHaveValue("");
  expect(await keepersOf(page, MARKER)).toEqual([]);

  await go(page, "/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("Sign out with 1 unsent edit?")).toBeVisible();
  await expect(page.getByText("If you keep it, it waits on this device")).toBeVisible();
  await page.getByRole("button", { name: "Sign out and keep it" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await keepersOf(page, MARKER)).toEqual([]);
});

test("a password that waits is sent if the page stays open", async ({ visit, gym }) => {
  const rose = await person(gym, "Rita Patient");
  const page = await visit(`/coaches/${rose.id}/edit`);
  await goOffline(page);
  await field(page, "Password").fill(MARKER);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "1 unsent" }).click();
  await expect(page.getByText("passwords are never saved on a device")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  expect(await keepersOf(page, MARKER)).toEqual([]);
  await online(page);
  await expect(page.getByText("1 unsent")).toHaveCount(0);
  await go(page, "/account");
  await field(page, "Username").fill(rose.username);
  await field(page, "Password").fill(MARKER);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(`Signed in as ${rose.username}`)).toBeVisible();
});

test("nobody else sees what somebody typed or queued, and it is there again for who did", async ({
  visit,
  gym,
}) => {
  const rose = await person(gym, "Rose Owner");
  const ben = await person(gym, "Ben Next");
  const page = await visit();
  await signIn(page, rose.username);
  const second = await page.context().newPage();
  await second.goto(`/coaches/${rose.id}/edit`);
  await live(second);
  await field(second, "Name").fill("Rose in the second tab");
  await go(page, `/coaches/${rose.id}/edit`);
  await field(page, "Name").fill("Half a name");
  await goOffline(page);
  await save(page, ben.id, "44");
  await expect(page.getByText("1 unsent")).toBeVisible();
  await go(page, "/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out and keep it" }).click();
  // Without a connection too, and in the other tab, with its open form.
  await expect(page.getByText("1 unsent")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(second.getByText("Rose in the second tab")).toHaveCount(0);
  await expect(second.getByRole("textbox", { name: /^Name/ })).toHaveCount(0);
  await online(page);

  await signIn(page, ben.username);
  await expect(page.getByText("unsent")).toHaveCount(0);
  await go(page, `/coaches/${rose.id}/edit`);
  await live(page);
  await expect(field(page, "Name")).toHaveValue("Rose Owner");
  await expect(page.getByText("This is what you had typed before")).toHaveCount(0);
  await live(second);
  await expect(field(second, "Name")).toHaveValue("Rose Owner");
  expect(gym.of("coaches", ben.id)).toHaveLength(1);

  await go(page, "/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, rose.username);
  await expect.poll(() => gym.of("coaches", ben.id).at(-1)?.record?.["age"]).toBe(44);
  await go(page, `/coaches/${rose.id}/edit`);
  await expect(field(page, "Name")).toHaveValue("Half a name");
  await expect(field(second, "Name")).toHaveValue("Rose in the second tab");
});

test("signing out can discard what was not sent", async ({ visit, gym }) => {
  const rose = await person(gym, "Rose Discards");
  const ben = await person(gym, "Ben Unchanged");
  const page = await visit();
  await signIn(page, rose.username);
  await goOffline(page);
  await save(page, rose.id, "44");
  await expect(page.getByText("1 unsent")).toBeVisible();
  await save(page, ben.id, "45");
  await expect(page.getByText("2 unsent")).toBeVisible();
  await go(page, "/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("dialog", { name: "Sign out with 2 unsent edits?" })).toBeVisible();
  // What was said of each when it was saved does not lie over the question.
  await expect(page.getByText("is not sent yet")).toHaveCount(0);
  await expect(page.getByText("What you discard cannot be brought back.")).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Sign out and discard them" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await online(page);
  await signIn(page, rose.username);
  await expect(page.getByText("unsent")).toHaveCount(0);
  expect(gym.of("coaches", rose.id)).toHaveLength(1);
  expect(gym.of("coaches", ben.id)).toHaveLength(1);
});

for (const locks of [true, false]) {
  test(`an open page sends what a closed one left, ${locks ? "with" : "without"} locks`, async ({
    browser,
    server,
    gym,
  }) => {
    const coach = await gym.coach("Clara Closed", { age: 30 });
    const context = await browser.newContext({ baseURL: server.url });
    if (!locks) {
      await context.addInitScript(() => {
        // A page that came without TLS from another machine has none.
        Reflect.deleteProperty(Navigator.prototype, "locks");
      });
    }
    const stays = await context.newPage();
    await stays.goto("/coaches");
    await live(stays);
    const closes = await context.newPage();
    await closes.goto(`/coaches/${coach.id}/edit`);
    await live(closes);
    await kept(stays);
    await goOffline(closes);
    await field(closes, "Age").fill("31");
    await closes.getByRole("button", { name: "Save" }).click();
    await expect(closes.getByText("1 unsent")).toBeVisible();
    await expect(stays.getByText("1 unsent")).toBeVisible();
    await stays.getByRole("button", { name: "1 unsent" }).click();
    await expect(stays.getByText("Open in another tab")).toBeVisible();
    await expect(stays.getByText("Everything is saved")).toHaveCount(0);
    await closes.close();
    await expect(stays.getByText("Open in another tab")).toHaveCount(0);
    await expect(stays.getByText("1 unsent")).toBeVisible();
    await online(stays);
    await expect(stays.getByText("Everything is saved")).toBeVisible();
    await expect.poll(() => gym.of("coaches", coach.id)).toHaveLength(2);
    expect(gym.of("coaches", coach.id).at(-1)?.record).toMatchObject({ age: 31 });
    await context.close();
  });
}
