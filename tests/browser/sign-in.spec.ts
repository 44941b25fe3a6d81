import { test as base } from "@playwright/test";
import { expect, field, live } from "./fixtures";
import { Server } from "./server";

const test = base.extend<object, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await Server.start({ ACCESS: "public-read" });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

test("who has not signed in is offered nothing that would be refused", async ({ page }) => {
  await page.goto("/coaches");
  await live(page);
  await expect(page.getByRole("heading", { name: "Coaches" })).toBeVisible();
  await expect(page.getByRole("link", { name: "New coach" })).toHaveCount(0);
  await page.goto("/");
  await expect(page.getByRole("table")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Add a class/ })).toHaveCount(0);
});

test("an admin signs in, edits, and signs out", async ({ page }) => {
  await page.goto("/account");
  await field(page, "Username").fill("admin");
  await field(page, "Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await field(page, "Password").fill("spotter-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("You may change everything.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("You may change everything.")).toBeVisible();
  await page.goto("/coaches");
  await expect(page.getByRole("link", { name: "New coach" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.goto("/coaches");
  await live(page);
  await expect(page.getByRole("link", { name: "New coach" })).toHaveCount(0);
});
