// What is around the pages, everything that was changed, and the developers' page.
import { button, few, open, opened } from "./steps.mjs";

const search =
  (text) =>
  async ({ page }) => {
    const dialog = await open(page, "Search");
    await dialog.getByRole("combobox").fill(text);
    await page.waitForTimeout(300);
  };

export const around = [
  { name: "search", path: "/coaches", show: ({ page }) => open(page, "Search") },
  { name: "search-found", path: "/coaches", show: search("may") },
  { name: "search-nothing", path: "/coaches", show: search("zzz") },
  {
    name: "shortcuts",
    path: "/coaches",
    below: true,
    show: async ({ page }) => {
      await page.keyboard.press("?");
      await opened(page);
    },
  },
  {
    name: "language-and-clock",
    path: "/coaches",
    show: ({ page }) => open(page, "Settings of this device"),
    below: true,
  },
  { name: "who-is-here", path: "/coaches", show: ({ page }) => open(page, /^Who is here/) },
  { name: "your-edits-none", path: "/coaches", show: ({ page }) => open(page, "Live") },
  {
    name: "whole-menu",
    path: "/coaches",
    at: (width) => width > 767 && width < 1200,
    show: ({ page }) => button(page, "The whole menu").click(),
  },
  { name: "unknown-address", path: "/nowhere" },
  {
    name: "page-not-loaded",
    alone: true,
    path: "/coaches/1",
    before: ({ page }) => page.route(/\/assets\/detail-.*\.js$/, (route) => route.abort()),
    unconnected: true,
    show: ({ page }) => page.getByText("did not load").first().waitFor(),
  },
  { name: "changes", path: "/changes", below: true },
  { name: "changes-filtered", at: few, path: "/changes?of=coaches" },
  { name: "changes-of-one-record", at: few, path: "/changes?of=coaches&record=4" },
  { name: "changes-nothing", path: "/changes?day=2001-01-01" },
  {
    name: "changes-conflict",
    path: async ({ gym }) => {
      const { id } = await gym.ask("new_coach", { name: "Nora Quist", age: 30 });
      await gym.ask("update_coach", { id, age: 31 });
      await gym.ask("update_coach", { id, age: 32 });
      return "/changes";
    },
    show: async ({ page }) => {
      await page
        .locator("main ol > li")
        .filter({ has: page.locator("del", { hasText: "30" }) })
        .first()
        .getByRole("button", { name: "Undo" })
        .click();
      await page.getByText("This was not undone").waitFor();
    },
  },
  { name: "developers", path: "/developers", below: true },
  { name: "developers-an-event", path: "/developers/events/gym.new_coach.request", below: true },
  {
    name: "developers-refused",
    path: "/developers/events/gym.new_coach.request",
    below: true,
    show: async ({ page }) => {
      const data = page.getByRole("group", { name: /^Data/ });
      await data.getByRole("textbox", { name: /^age/ }).fill("seven");
      await button(page, "Emit").click();
      await page
        .getByRole("region", { name: "Answer" })
        .getByRole("status")
        .scrollIntoViewIfNeeded();
    },
  },
  {
    name: "developers-time",
    at: few,
    path: "/developers/time",
    show: ({ page }) => page.waitForTimeout(1200),
  },
  { name: "developers-uuid", at: few, path: "/developers/uuid" },
  {
    name: "developers-numbers",
    at: few,
    path: "/developers/numbers",
    show: ({ page }) => page.waitForTimeout(3000),
  },
  {
    name: "developers-state",
    path: "/developers/state",
    show: ({ page }) => page.waitForTimeout(1200),
  },
  { name: "german-changes", at: few, path: "/changes", locale: "de-DE" },
  {
    name: "german-language-and-clock",
    at: few,
    path: "/coaches",
    locale: "de-DE",
    show: ({ page }) => open(page, "Einstellungen dieses Geräts"),
  },
];
