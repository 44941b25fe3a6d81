/** A gym without a record, as on its first day, for the tests of one file. */
import { test as base } from "./fixtures";
import { Gym } from "./gym";
import { Server, STARTING } from "./server";

export const test = base.extend<{ empty: Server; emptyGym: Gym }>({
  empty: [
    // Playwright reads from the pattern which fixtures this one needs.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await Server.startEmpty();
      await use(server);
      await server.remove();
    },
    // Its start does not count for the test.
    { timeout: STARTING },
  ],
  emptyGym: async ({ empty }, use) => {
    const gym = await Gym.connect(empty.url);
    await use(gym);
    gym.close();
  },
  baseURL: async ({ empty }, use) => use(empty.url),
});

export { expect } from "@playwright/test";
