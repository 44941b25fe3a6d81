import type { Page } from "@playwright/test";
import { card, expect, goOffline, test } from "./fixtures";
import type { Gym } from "./gym";

/** Parts of the app by the name of their file, as a server without them or a broken network has it. */
async function without(page: Page, ...parts: string[]): Promise<() => Promise<void>> {
  const paths = parts.map((part) => new RegExp(`/assets/${part}-[^/]*$`));
  for (const path of paths) await page.route(path, (route) => route.abort());
  return async () => {
    for (const path of paths) await page.unroute(path);
  };
}

interface Dialog {
  parts: string[];
  open: (page: Page) => Promise<unknown>;
  /** What it is called when it did not load. */
  name: string;
  shown: (page: Page) => ReturnType<Page["locator"]>;
}

/** Closes what is open, once it has the focus: before, it hears no keys. */
async function leave(page: Page): Promise<void> {
  await expect(page.locator(":is([role='dialog'], [role='menu']) :focus")).toBeAttached();
  await page.keyboard.press("Escape");
}

const dialog = (name: string) => (page: Page) => page.getByRole("dialog", { name });

const dialogs: Dialog[] = [
  {
    name: "Search",
    parts: ["search"],
    open: (page) => page.keyboard.press("Control+k"),
    shown: (page) => page.getByPlaceholder("Search classes"),
  },
  {
    name: "The list of shortcuts",
    parts: ["shortcuts"],
    open: (page) => page.keyboard.press("?"),
    shown: dialog("Keyboard shortcuts"),
  },
  {
    name: "The list of who is here",
    parts: ["presence-list"],
    open: (page) => page.getByRole("button", { name: /^Who is here/ }).click(),
    shown: dialog("Who is here"),
  },
  {
    name: "Your edits",
    parts: ["outbox"],
    open: (page) => page.locator("[data-status]").click(),
    shown: dialog("Your edits"),
  },
  {
    name: "The class",
    parts: ["class-drawer"],
    open: (page) => card(page, "Part Class").first().click(),
    shown: dialog("Part Class"),
  },
  {
    name: "The menu",
    parts: ["class-menu"],
    open: async (page) => {
      await card(page, "Part Class").first().hover();
      await page
        .getByRole("button", { name: /^More for Part Class/ })
        .first()
        .click();
    },
    shown: (page) => page.getByRole("menuitem", { name: "Give to" }),
  },
];

async function partClass(gym: Gym): Promise<string> {
  const slot = await gym.class("Part Class", "Monday", "600");
  return "/?plan=" + (slot["workout_plan"] as { id: number }).id;
}

test.describe("parts that do not load", () => {
  // A service worker would have kept them.
  test.use({ serviceWorkers: "block" });

  test("a dialog that does not load says so, takes nothing with it, and opens the next time", async ({
    page,
    gym,
  }) => {
    const path = await partClass(gym);
    const restore = await without(page, ...dialogs.flatMap(({ parts }) => parts));
    await page.goto(path);
    await page.locator("[data-status='live']").waitFor();
    for (const { name, open } of dialogs) {
      await open(page);
      await expect(page.getByText(`${name} did not load.`)).toBeVisible();
      await expect(page.getByRole("heading", { name: "Timetable" })).toBeVisible();
    }
    await restore();
    for (const { open, shown } of dialogs) {
      await open(page);
      await expect(shown(page)).toBeVisible();
      await leave(page);
      await expect(shown(page)).toHaveCount(0);
    }
  });

  test("a page and a part of one that do not load can be tried again", async ({ page, gym }) => {
    const coach = await gym.coach("Petra Parts", { age: 30 });
    const restore = await without(page, "list", "history");
    await page.goto(`/coaches/${coach.id}`);
    await expect(page.getByText("The history did not load.")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Petra Parts" })).toBeVisible();
    await page.getByRole("link", { name: "All coaches" }).click();
    await expect(page.getByRole("heading", { name: "This page did not load" })).toBeVisible();
    // The badge says that there is a connection, so this does not say that there may be none.
    await expect(page.locator("[data-status='live']")).toBeVisible();
    await expect(page.getByRole("main")).not.toContainText("offline");
    await restore();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: "Petra Parts" }).click();
    await expect(page.getByRole("region", { name: "History" })).toBeVisible();
  });

  test("a page that breaks altogether offers to load again", async ({ page }) => {
    await page.route("**/assets/index-*.js", async (route) => {
      const answer = await route.fetch();
      // What is no text cannot be drawn.
      const text = "skip:`Skip to the content`";
      const body = (await answer.text()).replace(text, "skip:{}");
      await route.fulfill({
        body,
        contentType: "text/javascript",
        headers: { "cache-control": "no-store" },
      });
    });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Spotter stopped" })).toBeVisible();
    await page.unroute("**/assets/index-*.js");
    await page.getByRole("button", { name: "Load again" }).click();
    await expect(page.getByRole("heading", { name: "Timetable" })).toBeVisible();
  });
});

test("dialogs that were never opened open without a connection", async ({ visit, gym }) => {
  const page = await visit(await partClass(gym));
  await goOffline(page);
  for (const { name, open, shown } of dialogs) {
    // Nobody is known to be here without a connection.
    if (name === "The list of who is here") continue;
    await open(page);
    await expect(shown(page)).toBeVisible();
    await leave(page);
    await expect(shown(page)).toHaveCount(0);
  }
});

test("what is needed without a connection is there without a service worker too", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: "block" });
  const page = await context.newPage();
  const early = ["search", "shortcuts", "presence-list", "outbox"];
  const loaded = early.map((part) =>
    page.waitForResponse((response) => response.url().includes(`/assets/${part}-`)),
  );
  await page.goto("/");
  await Promise.all(loaded.map(async (response) => (await response).finished()));
  await context.setOffline(true);
  await page.getByRole("button", { name: /^Offline since/ }).click();
  await expect(page.getByRole("dialog", { name: "Your edits" })).toBeVisible();
  await context.close();
});
