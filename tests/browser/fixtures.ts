import { expect, test as base } from "@playwright/test";
import type { BrowserContext, BrowserContextOptions, Locator, Page } from "@playwright/test";
import { Gym } from "./gym";
import { Server, STARTING } from "./server";
import { tidied } from "./tidy";

interface WorkerFixtures {
  server: Server;
}

interface TestFixtures {
  /** For how long messages stay: long, that none is gone before a busy machine has looked, or as everybody finds them. */
  messages: "usual" | "long";
  tidy: void;
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
  messages: ["long", { option: true }],
  context: async ({ context, messages }, use) => {
    await prefer(context, messages);
    await use(context);
  },
  baseURL: async ({ server }, use) => use(server.url),
  tidy: [
    async ({ server }, use) => {
      const tidy = server.isOpen ? await tidied(server) : null;
      await use();
      await tidy?.();
    },
    { auto: true },
  ],
  gym: async ({ server }, use) => {
    const gym = await Gym.connect(server.url);
    await use(gym);
    gym.close();
  },
  visit: async ({ browser, server, messages }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (path = "/", options = {}) => {
      const context = await browser.newContext({
        baseURL: server.url,
        reducedMotion: "reduce",
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      contexts.push(context);
      await prefer(context, messages);
      const page = await context.newPage();
      await page.goto(path);
      await live(page);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** The tests of a file that needs a server with these settings; `module` is what runs. */
export function testOn(settings: Record<string, string>, module?: string) {
  return test.extend<object, WorkerFixtures>({
    server: [
      // oxlint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const server = await Server.start(settings, module);
        await use(server);
        await server.remove();
      },
      { scope: "worker", timeout: STARTING },
    ],
  });
}

/** Chooses for how long messages stay, unless somebody has chosen already. */
async function prefer(context: BrowserContext, messages: "usual" | "long"): Promise<void> {
  await context.addInitScript((chosen) => {
    try {
      localStorage["spotter.preferences"] ??= chosen;
    } catch {
      // A browser that keeps nothing has them as everybody has.
    }
  }, JSON.stringify({ messages }));
}

/** Takes hold of what is dragged by key. */
export async function lift(page: Page, handle: Locator): Promise<void> {
  await handle.focus();
  await page.keyboard.press("Space");
  // dnd-kit listens to the arrows a task after it has said what is moved. Timers run in their order.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1)));
}

/** Waits until the page is connected, and has its records. */
export async function live(page: Page): Promise<void> {
  await page.locator("[data-status='live']").waitFor();
  // They come after the connection, as the code of a page does after the app's.
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
}

/** Waits until the service worker holds all parts of the app, and answers for this page. */
export async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
  });
}

/** Cuts the network, once the service worker holds all parts of the app. */
export async function goOffline(page: Page): Promise<void> {
  await kept(page);
  await page.context().setOffline(true);
  await expect(page.getByText(/^Offline since/)).toBeVisible();
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

/** Unfolds the hours in which no class is. */
export async function openHours(page: Page): Promise<void> {
  await page.getByRole("table").waitFor();
  const bands = page.getByRole("button", {
    name: /: (no classes|none that fit the filters)$/,
    expanded: false,
  });
  while ((await bands.count()) > 0) await bands.first().click();
}

/** Brings it to where a drag does not scroll the page, whatever hour the week begins with. */
export async function centre(locator: Locator): Promise<void> {
  await locator.evaluate((element) => element.scrollIntoView({ block: "center" }));
}

/** Scrolls to it if it is not in sight. That it is drawn anew meanwhile is no failure, as it is to Playwright's own. */
export async function show(locator: Locator): Promise<void> {
  await locator.evaluate((element) =>
    (element as unknown as { scrollIntoViewIfNeeded(): void }).scrollIntoViewIfNeeded(),
  );
}

/** A text field by its label, which may end with the star of required ones. */
export function field(page: Page, label: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${label}`) });
}

export { expect } from "@playwright/test";

/** Sends the form of the sign-in page, which somebody may have to wait for. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto("/account");
  await field(page, "Username").fill(username);
  await field(page, "Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
