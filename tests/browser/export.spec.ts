import { readFileSync } from "node:fs";
import { test as base } from "@playwright/test";
import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, field, live, test } from "./fixtures";
import { Gym } from "./gym";
import { PASSWORD, Server, STARTING } from "./server";
import { choose, table } from "./tables";

/** The lines of the table that the menu of this page gives. */
async function exported(page: Page): Promise<{ name: string; lines: string[] }> {
  await page.getByRole("button", { name: /^(Spreadsheet|More)$/ }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /^Export all/ }).click();
  const file = await coming;
  const text = readFileSync(await file.path(), "utf8");
  return { name: file.suggestedFilename(), lines: text.trimEnd().split("\r\n") };
}

test("every list and the timetable is exported, with times and names", async ({ visit, gym }) => {
  const page = await visit();
  await gym.class("Exported Plan", "Sunday", "500");
  const classes = await exported(page);
  expect(classes.name).toMatch(/^classes-\d{4}-\d\d-\d\d\.csv$/);
  expect(classes.lines.at(-1)).toMatch(
    /^\d+,Sunday,05:00,\d+,Exported Plan Coach,\d+,Exported Plan,/,
  );
  for (const [path, head] of [
    ["/coaches", "id,name,age"],
    ["/plans", "id,name,difficulty"],
    ["/moves", "id,name,focus"],
  ] as const) {
    await page.goto(path);
    const { lines } = await exported(page);
    expect(lines[0]).toContain(head);
    expect(lines.length).toBeGreaterThan(5);
  }
});

test("the menu is opened and left with keys, and axe finds nothing in it", async ({ visit }) => {
  const page = await visit("/coaches");
  const button = page.getByRole("button", { name: "Spreadsheet" });
  await button.press("Enter");
  await expect(page.getByRole("menuitem", { name: /^Export all/ })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menuitem")).toHaveCount(0);
  await expect(button).toBeFocused();
});

base("who must sign in to read exports when signed in", async ({ browser }) => {
  base.setTimeout(STARTING + 180_000);
  const server = await Server.start({ ACCESS: "required" });
  try {
    const context = await browser.newContext({ baseURL: server.url, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto("/coaches");
    await live(page);
    await expect(page.getByRole("button", { name: "Spreadsheet" })).toHaveCount(0);
    await field(page, "Username").fill("admin");
    await field(page, "Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Coaches", level: 1 })).toBeVisible();
    expect((await page.request.get("/export/coaches.csv")).status()).toBe(401);
    const { lines } = await exported(page);
    expect(lines.length).toBeGreaterThan(5);
    // A table that the server refuses is no file, and the reason is said.
    await page.route("**/export/**", (route) => route.fulfill({ status: 401, body: "no" }));
    await page.getByRole("button", { name: "Spreadsheet" }).click();
    await page.getByRole("menuitem", { name: /^Export all/ }).click();
    await expect(page.getByText("Please sign in to export.")).toBeVisible();
    await context.close();
  } finally {
    await server.remove();
  }
});

base(
  "who may not make coaches is told so by row, and writes the other rows",
  async ({ browser }) => {
    base.setTimeout(STARTING + 180_000);
    const server = await Server.start({ ACCESS: "public-read" });
    try {
      const context = await browser.newContext({ baseURL: server.url, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto("/account");
      await live(page);
      await field(page, "Username").fill("admin");
      await field(page, "Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("You can change everything")).toBeVisible();
      const token = await page.evaluate(() => {
        const kept = JSON.parse(localStorage.getItem("spotter.token") ?? "{}") as { token: string };
        return kept.token;
      });
      const gym = await Gym.connect(server.url, token);
      await gym.ask("new_account", { username: "someone", role: "coach", password: PASSWORD });
      gym.close();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.goto("/import");
      await expect(page.getByText("Please sign in first")).toBeVisible();
      await page.goto("/account");
      await field(page, "Username").fill("someone");
      await field(page, "Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("Signed in as someone")).toBeVisible();
      await page.goto("/import");
      const moves = "name,focus,description\nRights Move,Legs,Down and up again.\n";
      await choose(
        page,
        table("coaches.csv", "name,age\nRights Coach,40\n"),
        table("moves.csv", moves),
      );
      await expect(page.getByText("Both tables: 1 new, 1 wrong")).toBeVisible();
      await expect(page.getByRole("row", { name: /Rights Coach/ })).toContainText(/role|admin/i);
      await page.getByRole("button", { name: "Save 1 row" }).click();
      await expect(page.getByText("The row is saved.")).toBeVisible();
      await context.close();
    } finally {
      await server.remove();
    }
  },
);
