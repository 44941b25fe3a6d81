// Signing in, accounts, and what those see who may only look.
import { button, few, field, go, offline, open, opened } from "./steps.mjs";

const on = "closed";
const as = "admin";
const about =
  (name) =>
  ({ page }) =>
    open(page, name);

async function wrongPassword({ page }) {
  await field(page, "Username").fill("tomas.herrera");
  await field(page, "Password").fill("long forgotten");
  await button(page, "Sign in").click();
  await page.getByRole("alert").first().waitFor();
}

async function link({ page }) {
  const dialog = await open(page, "Make password link: tomas.herrera");
  await dialog.getByRole("button", { name: "Make link" }).click();
  await page.getByLabel("Link for tomas.herrera").waitFor();
}

async function unsent({ page }) {
  await go(page, "/coaches/4/edit");
  await field(page, "Age").waitFor();
  await offline(page);
  await field(page, "Age").fill("33");
  await button(page, "Save").click();
  await page.getByText("1 unsent").waitFor();
  await go(page, "/account");
  await open(page, "Sign out");
}

export const accounts = [
  { name: "sign-in", on, path: "/" },
  { name: "sign-in-wrong", on, path: "/", show: wrongPassword },
  { name: "accounts", on, as, path: "/accounts", below: true },
  { name: "account-new", on, as, path: "/accounts", show: about("New account"), below: true },
  {
    name: "account-new-wrong",
    on,
    as,
    path: "/accounts",
    show: async ({ page }) => {
      const dialog = await open(page, "New account");
      await dialog.getByRole("button", { name: "Add account" }).click();
      await page.locator("[aria-invalid='true']").first().waitFor();
    },
  },
  {
    name: "account-set-password",
    on,
    as,
    path: "/accounts",
    show: about("Set password: tomas.herrera"),
  },
  {
    name: "account-change-role",
    on,
    as,
    path: "/accounts",
    show: about("Change role: tomas.herrera"),
  },
  {
    name: "account-change-role-more-rights",
    on,
    as,
    path: "/accounts",
    show: async ({ page }) => {
      const dialog = await open(page, "Change role: viewer");
      await dialog.getByLabel("Role").selectOption("admin");
    },
  },
  { name: "account-delete", on, as, path: "/accounts", show: about("Delete: tomas.herrera") },
  {
    name: "account-reset-link",
    on,
    as,
    path: "/accounts",
    show: about("Make password link: tomas.herrera"),
  },
  { name: "account-reset-link-made", on, as, path: "/accounts", show: link },
  { name: "own-account-of-an-admin", on, as, path: "/account" },
  { name: "own-account-of-a-coach", on, as: "tomas.herrera", path: "/account" },
  {
    name: "own-account-change-password",
    on,
    as,
    path: "/account",
    show: async ({ page }) => {
      await button(page, "Change password").click();
      await page.waitForTimeout(200);
    },
  },
  { name: "sign-out-with-unsent-edits", on, as, path: "/coaches/4", show: unsent },
  { name: "coach-with-an-account", on, as, path: "/coaches/1" },
  { name: "reset-password", on, path: "/reset-password#0123456789abcdef0123456789abcdef" },
  {
    name: "reset-password-link-over",
    on,
    path: "/reset-password#0123456789abcdef0123456789abcdef",
    show: async ({ page }) => {
      await field(page, "New password").fill("long remembered");
      await button(page, "Set password").click();
      await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
    },
  },
  { name: "reset-password-without-link", on, path: "/reset-password" },
  { name: "viewer-timetable", on, as: "viewer", now: true },
  {
    name: "viewer-class",
    on,
    as: "viewer",
    path: "/classes/32",
    show: ({ page }) => opened(page),
    below: true,
  },
  {
    name: "viewer-new-class",
    on,
    as: "viewer",
    path: "/classes/new",
    show: ({ page }) => opened(page),
  },
  { name: "viewer-new-plan", on, as: "viewer", path: "/plans/new" },
  { name: "viewer-new-coach", at: few, on, as: "viewer", path: "/coaches/new" },
  { name: "viewer-import", at: few, on, as: "viewer", path: "/import" },
  { name: "viewer-accounts", on, as: "viewer", path: "/accounts" },
  { name: "viewer-coach", at: few, on, as: "viewer", path: "/coaches/4" },
  { name: "viewer-changes", at: few, on, as: "viewer", path: "/changes" },
  {
    name: "german-sign-in-wrong",
    at: few,
    on,
    path: "/",
    locale: "de-DE",
    show: async ({ page }) => {
      await field(page, "Benutzername").fill("tomas.herrera");
      await page.locator("input[type=password]").fill("long forgotten");
      await button(page, "Anmelden").click();
      await page.getByRole("alert").first().waitFor();
    },
  },
  { name: "german-accounts", at: few, on, as, path: "/accounts", locale: "de-DE" },
  {
    name: "german-account-delete",
    at: few,
    on,
    as,
    path: "/accounts",
    locale: "de-DE",
    show: ({ page }) => open(page, /Löschen: tomas.herrera/),
  },
];
