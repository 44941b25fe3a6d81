import { expect, test as base } from "@playwright/test";
import type { BrowserContextOptions, Locator, Page } from "@playwright/test";
import { Gym } from "./gym";
import { Server, STARTING } from "./server";

interface WorkerFixtures {
  server: Server;
}

interface TestFixtures {
  /** Opens the app as another visitor. */
  visit: (path?: string, options?: BrowserContextOptions) => Promise<Page>;
  gym: Gym;
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
    // A busy machine takes its time to fill a gym.
    { scope: "worker", timeout: STARTING },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  gym: async ({ server }, use) => {
    const gym = await Gym.connect(server.url);
    await use(gym);
    gym.close();
  },
  visit: async ({ browser, server }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (path = "/", options = {}) => {
      const context = await browser.newContext({
        baseURL: server.url,
        reducedMotion: "reduce",
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(path);
      await live(page);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Waits until the page is connected. */
export async function live(page: Page): Promise<void> {
  await page.locator("[data-status='live']").waitFor();
}

/** A dialog once it has the focus: it takes it a moment after it appears, which closes a list that was open by then. */
export async function opened(page: Page): Promise<Locator> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(":focus")).toBeAttached();
  return dialog;
}

/** Opens a page of the app as a link does, without loading anything anew. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, "", to), path);
}

/** A class in the table of the week: the line above it may name the same one, as the class that is next. */
export function card(page: Page, name: string): Locator {
  return page.getByRole("table").getByRole("link", { name });
}

/** A text field by its label, which may end with the star of required ones. */
export function field(page: Page, label: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${label}`) });
}

export { expect } from "@playwright/test";
