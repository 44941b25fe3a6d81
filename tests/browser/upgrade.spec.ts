import type { Page } from "@playwright/test";
import { expect, kept, live, test as base } from "./fixtures";
import { Proxy } from "./proxy";

const test = base.extend<{ front: Proxy }>({
  front: async ({ server }, use) => {
    const front = await Proxy.before(server.url);
    await use(front);
    await front.close();
  },
  baseURL: async ({ front }, use) => use(front.url),
});

/** Where the page's own parts are from: "assets/" or a later version's "assets/v2/". */
function version(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () =>
      /assets\/(v\d+\/)?/.exec(
        document.querySelector("script[type='module']")?.outerHTML ?? "",
      )?.[0],
  );
}

/** A first visit, until the app is on the device. */
async function visited(page: Page): Promise<void> {
  await page.goto("/");
  await live(page);
  await kept(page);
}

const title = (page: Page) => page.getByRole("heading", { name: "Timetable" });

/** Waits until no other service worker is on its way, as after an upgrade. */
async function settled(page: Page): Promise<void> {
  await expect(async () => {
    const isSettled = await page.evaluate(async () => {
      const { installing, waiting, active } = await navigator.serviceWorker.ready;
      return installing === null && waiting === null && active?.state === "activated";
    });
    expect(isSettled).toBe(true);
  }).toPass();
}

/** Everything that a page of the app needs opens without a connection. */
async function isWholeOffline(page: Page): Promise<void> {
  await settled(page);
  await page.context().setOffline(true);
  await page.goto("/");
  await expect(title(page)).toBeVisible();
  await page.getByRole("link", { name: "Plans" }).click();
  await expect(page.getByRole("heading", { name: "Workout plans" })).toBeVisible();
  await page.locator("[data-status]").click();
  await expect(page.getByRole("dialog", { name: "Your edits" })).toBeVisible();
  await page.context().setOffline(false);
}

test("an upgrade that breaks off leaves the version before it whole, until it comes", async ({
  page,
  front,
}) => {
  // The app is loaded a dozen times.
  test.slow();
  await visited(page);
  front.version = 2;
  let parts = 0;
  // The sixth part breaks off in the middle, as if the connection did, and so do all after it.
  front.interfere = (path, answer) => {
    if (!path.startsWith("/assets/v2/")) return false;
    parts += 1;
    if (parts < 6) return false;
    answer.writeHead(200, { "content-type": "text/javascript", "content-length": "1000" });
    answer.write("export");
    setImmediate(() => answer.destroy());
    return true;
  };
  await page.goto("/");
  await expect(title(page)).toBeVisible();
  expect(await version(page)).toBe("assets/");
  // What is there opens after a while, also if the newer one is still on its way.
  await expect.poll(() => parts).toBeGreaterThan(5);
  await isWholeOffline(page);

  front.interfere = () => false;
  await expect(async () => {
    await page.goto("/");
    expect(await version(page)).toBe("assets/v2/");
  }).toPass({ intervals: [200] });
  await expect(title(page)).toBeVisible();
  await isWholeOffline(page);
  expect(await version(page)).toBe("assets/v2/");
});

test("a page that is open during an upgrade still finds its parts", async ({
  page,
  context,
  front,
}) => {
  await visited(page);
  front.version = 2;
  const other = await context.newPage();
  await expect(async () => {
    await other.goto("/");
    expect(await version(other)).toBe("assets/v2/");
  }).toPass({ intervals: [200] });
  await page.getByRole("link", { name: "Plans" }).click();
  await expect(page.getByRole("heading", { name: "Workout plans" })).toBeVisible();
  expect(await version(page)).toBe("assets/");
});

test("a proxy's own page is not shown instead of the app that is there", async ({
  page,
  front,
}) => {
  await visited(page);
  for (const [status, type] of [
    [502, "text/html"],
    [503, "text/plain"],
    [429, "text/plain"],
    [200, "text/html"],
  ] as const) {
    front.interfere = (path, answer) => {
      if (path.startsWith("/socket.io")) return false;
      answer.writeHead(status, { "content-type": type });
      answer.end("<h1>Bad gateway</h1>");
      return true;
    };
    await page.goto(`/coaches?q=${status}`);
    await expect(page.getByRole("heading", { name: "Coaches" })).toBeVisible();
    await expect(page.getByText("Bad gateway")).toHaveCount(0);
  }
});

test("what is meant by the server is shown: a sign-in of a proxy, an app that is gone, its own pages", async ({
  page,
  front,
}) => {
  await visited(page);
  front.interfere = (path, answer) => {
    if (path === "/coaches") answer.writeHead(302, { location: "/sign-in.html" }).end();
    else if (path === "/sign-in.html")
      answer.writeHead(200, { "content-type": "text/html" }).end("Who are you?");
    else if (path === "/moves")
      answer.writeHead(404, { "content-type": "text/plain" }).end("It moved.");
    else if (path === "/readyz")
      answer.writeHead(503, { "content-type": "text/plain" }).end("Not ready.");
    else return false;
    return true;
  };
  for (const [path, text] of [
    ["/coaches", "Who are you?"],
    ["/moves", "It moved."],
    ["/readyz", "Not ready."],
  ] as const) {
    // Who has the app gets it if the server takes long.
    await expect(async () => {
      await page.goto(path);
      await expect(page.getByText(text)).toBeVisible({ timeout: 5_000 });
    }).toPass();
  }
});

test("a server that does not answer keeps nobody from the app that is there", async ({
  page,
  front,
}) => {
  await visited(page);
  front.interfere = (path) => !path.startsWith("/socket.io");
  await page.goto("/coaches");
  await expect(page.getByRole("heading", { name: "Coaches" })).toBeVisible();
});
