import { test as base } from "@playwright/test";
import type { Page } from "@playwright/test";
import { expect, kept, live } from "./fixtures";
import { Server, STARTING } from "./server";

const test = base.extend<object>({});
test.setTimeout(STARTING * 2);

async function named(name: string, use: (server: Server) => Promise<void>): Promise<void> {
  const server = await Server.start({ GYM_NAME: name, ACCESS: "public-read" });
  try {
    await use(server);
  } finally {
    await server.remove();
  }
}

const brand = (page: Page) => page.getByRole("navigation", { name: "Main" }).locator("bdi");

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const name of ["Iron Temple", "</script><b>Bold</b>", "מועדון הכושר", "💪🏽 Gym & Söhne"]) {
  test(`a gym called ${name} is called so in the rail, the title and where one signs in`, async ({
    page,
  }) => {
    await named(name, async (server) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`${server.url}/coaches`);
      await live(page);
      await expect(brand(page)).toHaveText(name);
      await expect(page).toHaveTitle(`Coaches · ${name}`);
      await page.goto(`${server.url}/account`);
      await expect(page.getByRole("main").getByText(name).filter({ visible: true })).toBeVisible();
      await expect(page).toHaveTitle(`Sign in · ${name}`);
      expect(errors).toEqual([]);
    });
  });
}

test("the longest name fits at every width", async ({ page }) => {
  const name = `${"Donaudampfschifffahrtsgesellschaft ".slice(0, 35)}${"W".repeat(25)}`;
  expect(name).toHaveLength(60);
  await named(name, async (server) => {
    for (const width of [1440, 1024, 820, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of ["/coaches", "/account"]) {
        await page.goto(server.url + path);
        await live(page);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect.poll(() => overflow(page), `${path} at ${width}`).toBe(0);
      }
      // Where there is no room for words it is not shown at all, rather than letter by letter.
      const size = () => brand(page).evaluate((drawn) => getComputedStyle(drawn).fontSize);
      const isShown = async () => (await size()) !== "0px";
      await expect.poll(isShown, `at ${width}`).toBe(width === 1440);
      // However little of it is shown, the way home has the whole name.
      await expect(page.getByRole("link", { name })).toBeInViewport();
    }
  });
});

test("a new name shows at the next load, also where the app is kept on the device", async ({
  page,
}) => {
  await named("The Old Name", async (server) => {
    await page.goto(server.url);
    await live(page);
    await kept(page);
    await server.kill();
    server.set("GYM_NAME", "The New Name");
    await server.up();
    // From a server that takes more than some seconds to answer it comes with the load after that.
    await expect(async () => {
      await page.goto(server.url);
      await expect(brand(page)).toHaveText("The New Name", { timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await kept(page);
    await page.context().setOffline(true);
    await page.goto(server.url);
    await expect(brand(page)).toHaveText("The New Name");
  });
});
