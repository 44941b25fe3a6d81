import { test as base } from "@playwright/test";
import type { Page } from "@playwright/test";
import { Server } from "./server";

interface WorkerFixtures {
  server: Server;
}

interface TestFixtures {
  /** Opens the app as another visitor. */
  visit: (path?: string) => Promise<Page>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // Playwright reads from the pattern which fixtures this one needs.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  visit: async ({ browser, server }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (path = "/") => {
      const context = await browser.newContext({ baseURL: server.url });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(path);
      await page.getByText("Live", { exact: true }).first().waitFor();
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from "@playwright/test";
