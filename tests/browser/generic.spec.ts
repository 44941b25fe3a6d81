/** Pages of resources that the client has none for: made from what the server says of them, without a build. */
import { rmSync } from "node:fs";
import { findingsInBoth } from "./axe";
import { expect, field, go, goOffline, live, test as base } from "./fixtures";
import { Gym } from "./gym";
import { makeProject } from "./own-project";
import { PASSWORD, Server, STARTING } from "./server";

const test = base.extend<object, { project: string; server: Server }>({
  // What a test makes has a name that no other looks for.
  // oxlint-disable-next-line no-empty-pattern
  tidy: async ({}, use) => use(),
  project: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const project = makeProject();
      await use(project);
      rmSync(project, { recursive: true, force: true });
    },
    { scope: "worker", timeout: STARTING },
  ],
  server: [
    async ({ project }, use) => {
      const server = await Server.startOf(project);
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: STARTING },
  ],
});

/** Those of the rail. */
const places = (page: import("@playwright/test").Page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link");

test("a new resource is in the rail, and a record is made with a form of its schema", async ({
  visit,
  gym,
}) => {
  const page = await visit("/");
  await places(page).filter({ hasText: "Members" }).click();
  await expect(page.getByRole("heading", { name: "Members", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "New member" }).first().click();
  await page.getByRole("button", { name: "Add member" }).click();
  await expect(field(page, "Name")).toHaveAttribute("aria-invalid", "true");
  await field(page, "Name").fill("Mel Made");
  await field(page, "Fee").fill("a lot");
  await expect(page.getByText("Must be a number.")).toBeVisible();
  await field(page, "Fee").fill("12.5");
  await page.getByLabel("Joined").fill("2026-03-02");
  await page.getByRole("checkbox", { name: "Paid" }).check();
  await page.getByRole("button", { name: "Add member" }).click();
  await expect(page.getByRole("heading", { name: "Mel Made" })).toBeVisible();
  await expect
    .poll(() => gym.changes.find(({ channel }) => channel === "members")?.record)
    .toMatchObject({
      name: "Mel Made",
      fee: 12.5,
      joined: "2026-03-02",
      paid: true,
    });
});

test("what others do is there at once, in the list and on its page", async ({ visit, gym }) => {
  const page = await visit("/records/members");
  const made = await gym.ask("new_member", { name: "Lea Live" });
  const card = page.getByRole("link", { name: "Lea Live" });
  await expect(card).toBeVisible();
  await card.click();
  await gym.ask("update_member", { id: made.id, notes: "Came with a friend" });
  await expect(page.getByText("Came with a friend").first()).toBeVisible();
  await gym.ask("update_member", { id: made.id, name: "Lea Renamed" });
  await expect(page.getByRole("heading", { name: "Lea Renamed" })).toBeVisible();
  await gym.ask("delete_member", { id: made.id });
  await expect(page.getByText("This member does not exist")).toBeVisible();
});

test("edits of the same field are a conflict, of others are merged", async ({ visit, gym }) => {
  const made = await gym.ask("new_member", { name: "Connie Conflict" });
  const page = await visit(`/records/members/${made.id}/edit`);
  await field(page, "Name").fill("Connie Mine");
  await gym.ask("update_member", { id: made.id, name: "Connie Theirs", fee: 9 });
  await expect(page.getByText("changed this while you were editing")).toBeVisible();
  await expect(field(page, "Fee")).toHaveValue("9");
  await page.getByRole("button", { name: "Mine: Connie Mine" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Connie Mine" })).toBeVisible();
  await expect
    .poll(() => gym.of("members", made.id).at(-1)?.record)
    .toMatchObject({ name: "Connie Mine", fee: 9 });
});

test("deleting offers to undo, and the history has a way back", async ({ visit, gym }) => {
  const made = await gym.ask("new_member", { name: "Uma Undo" });
  await gym.ask("update_member", { id: made.id, fee: 7 });
  const page = await visit(`/records/members/${made.id}`);
  const history = page.getByRole("region", { name: "History" });
  await history.getByRole("button", { name: /^Undo/ }).click();
  await expect
    .poll(() => gym.of("members", made.id).at(-1)?.record)
    .toMatchObject({ name: "Uma Undo", fee: null });
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/records\/members$/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("link", { name: "Uma Undo" })).toBeVisible();
});

test("a record is made without a connection, and sent later", async ({ visit, gym }) => {
  const page = await visit("/records/members/new");
  await field(page, "Name").fill("Otto Offline");
  await goOffline(page);
  await page.getByRole("button", { name: "Add member" }).click();
  await expect(page.getByRole("link", { name: "Otto Offline" })).toBeVisible();
  await page.context().setOffline(false);
  await expect
    .poll(() => gym.changes.map(({ record }) => record?.["name"]))
    .toContain("Otto Offline");
});

test("of a big resource the server sends a page at a time, and looks for what is sought", async ({
  visit,
  gym,
}) => {
  const member = await gym.ask("new_member", { name: "Vic Visits" });
  const name = (number: number) => `Visit ${String(number).padStart(3, "0")}`;
  for (let number = 1; number <= 60; number += 1) {
    await gym.ask("new_visit", { name: name(number), member: { id: member.id } });
  }
  const page = await visit("/records/visits/new");
  await field(page, "Name").fill("First visit");
  await page.getByRole("combobox", { name: "Member" }).fill("vic");
  await page.getByRole("option", { name: "Vic Visits" }).click();
  await page.getByRole("button", { name: "Add visit" }).click();
  await page.getByRole("link", { name: "Vic Visits" }).click();
  await expect(page.getByRole("heading", { name: "Vic Visits" })).toBeVisible();
  await page.goto("/records/visits");
  await live(page);
  await expect(page.getByText("61 visits")).toBeVisible();
  const cards = page.getByRole("main").getByRole("article");
  await expect(cards).toHaveCount(50);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(cards).toHaveCount(61);
  await page.getByRole("textbox", { name: "Search visits" }).fill("visit 057");
  await expect(cards).toHaveCount(1);
  await page.getByRole("link", { name: name(57) }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await field(page, "Name").fill("Visit renamed");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Visit renamed" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("61 visits")).toBeVisible();
});

test("the search over everything finds them, also those that are not here whole", async ({
  visit,
  gym,
}) => {
  const member = await gym.ask("new_member", { name: "Sal Sought" });
  const made = await gym.ask("new_visit", { name: "Salsa evening", member: { id: member.id } });
  const page = await visit("/");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search everything" }).fill("sal");
  await expect(page.getByRole("option", { name: "Sal Sought Member" })).toBeVisible();
  await page.getByRole("option", { name: "Salsa evening Visit" }).click();
  await expect(page).toHaveURL(new RegExp(`/records/visits/${made.id}$`));
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search everything" }).fill("nobody has this");
  await expect(page.getByText("Nothing found. Try other words.")).toBeVisible();
});

test("axe finds nothing on their pages", async ({ visit, gym }) => {
  const member = await gym.ask("new_member", { name: "Axel Axe", notes: "Two\nlines" });
  await gym.ask("new_visit", { name: "Looked at", member: { id: member.id } });
  const page = await visit("/records/members");
  const lines: string[] = [];
  for (const path of ["", "/new", `/${member.id}`, `/${member.id}/edit`]) {
    await go(page, `/records/members${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("Loading")).toHaveCount(0);
    lines.push(...(await findingsInBoth(page)).map((line) => `${path} ${line}`));
  }
  await go(page, "/records/visits/new");
  await page.getByRole("combobox", { name: "Member" }).fill("axel");
  await page.getByRole("option", { name: "Axel Axe" }).waitFor();
  lines.push(...(await findingsInBoth(page)));
  expect(lines).toEqual([]);
});

test("an address of no resource is none", async ({ visit }) => {
  const page = await visit("/records/nothing");
  await expect(page.getByRole("link", { name: "New nothing" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("pages are in German, too", async ({ visit }) => {
  const page = await visit("/records/members/new", { locale: "de-DE" });
  await expect(
    page
      .getByRole("button", { name: "members anlegen" })
      .or(page.getByRole("button", { name: "member anlegen" })),
  ).toBeVisible();
});

base("only what the role may write is offered", async ({ browser }) => {
  base.setTimeout(4 * STARTING);
  const project = makeProject([
    "coaches",
    "workout_plans",
    "exercise_moves",
    "schedules",
    "exceptions",
  ]);
  const server = await Server.startOf(project, { ACCESS: "public-read" });
  try {
    server.addAdmin();
    const page = await browser.newPage({ baseURL: server.url });
    await page.goto("/");
    // Without the gym's resources the first of the application's own is where one begins.
    await expect(page).toHaveURL(/\/records\/members$/);
    await expect(places(page)).toHaveText([/./, "Members", "Visits", "Changes", "Sign in"]);
    await expect(page.getByRole("link", { name: "New member" })).toHaveCount(0);
    const gym = await Gym.signedIn(server.url, "admin", PASSWORD);
    await gym.ask("new_account", { username: "carl", password: "long enough", role: "coach" });
    gym.close();
    await page.goto("/account");
    await field(page, "Username").fill("carl");
    await field(page, "Password").fill("long enough");
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("navigation", { name: "Main" }).getByText("carl")).toBeVisible();
    await page.goto("/records/visits");
    await expect(page.getByRole("link", { name: "New visit" })).toBeVisible();
    await page.goto("/records/members");
    await expect(page.getByText("No members yet")).toBeVisible();
    await expect(page.getByRole("link", { name: "New member" })).toHaveCount(0);
    await page.close();
  } finally {
    await server.remove();
    rmSync(project, { recursive: true, force: true });
  }
});
