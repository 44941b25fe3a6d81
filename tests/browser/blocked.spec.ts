import type { Locator } from "@playwright/test";
import { expect, live, test as base } from "./fixtures";
import { Proxy } from "./proxy";

const test = base.extend<{ front: Proxy }>({
  front: async ({ server }, use) => {
    const front = await Proxy.before(server.url);
    await use(front);
    await front.close();
  },
  baseURL: async ({ front }, use) => use(front.url),
});

const SAYS = "You are offline, although the server can be reached.";

test("behind a proxy that lets no websocket through the page says so, until it does", async ({
  page,
  front,
}) => {
  front.passesSockets = false;
  await page.goto("/");
  await expect(page.getByRole("alert").getByText(SAYS)).toBeVisible();
  await expect(page.getByRole("main")).toBeVisible();
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const left = async (of: Locator) => (await of.boundingBox())?.x;
    const notice = page.getByRole("alert").filter({ hasText: SAYS });
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(async () => (await left(notice)) === (await left(heading))).toBe(true);
  }
  front.passesSockets = true;
  await live(page);
  await expect(page.getByText(SAYS)).toHaveCount(0);
});

test("a server that is not there is no proxy", async ({ page, front }) => {
  await page.goto("/");
  await live(page);
  const asked = page.waitForRequest((request) => request.url().endsWith("/healthz"));
  await page.context().setOffline(true);
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  await asked;
  await expect(page.getByText(SAYS)).toHaveCount(0);
  expect(front.passesSockets).toBe(true);
});
