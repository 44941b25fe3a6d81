import type { Page } from "@playwright/test";
import { expect, live, test } from "./fixtures";

/** What the browser asked for until the page could be used, and what went over the socket. */
async function firstVisit(page: Page) {
  const asked: string[] = [];
  const sent: string[] = [];
  const received: string[] = [];
  // What was asked for before the records came: what follows them is for later, and begins soon.
  const askedBefore: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("websocket", (socket) => {
    asked.push("websocket");
    socket.on("framesent", ({ payload }) => sent.push(String(payload)));
    socket.on("framereceived", ({ payload }) => {
      received.push(String(payload));
      if (String(payload).startsWith('42["sync"')) askedBefore.push(...asked);
    });
  });
  const classes = page.getByRole("main").locator("a[href^='/classes/']:not([href*='/new'])");
  const usable = Promise.all([live(page), classes.first().waitFor()]).then(() => ({
    asked: [...asked],
    askedBefore: [...askedBefore],
    sent: [...sent],
    received: [...received],
  }));
  const response = await page.goto("/");
  return { html: (await response?.text()) ?? "", ...(await usable) };
}

const ending = (paths: readonly string[], end: string) =>
  paths.filter((path) => path.endsWith(end));

test.use({ serviceWorkers: "block" });

test("a first visit waits four times for the server: the page, its parts, the socket, the records", async ({
  page,
}) => {
  const { html, asked, askedBefore, sent, received } = await firstVisit(page);
  // The second time: all parts at once, because the page itself names them.
  const named = new Set(Array.from(html.matchAll(/"(\/assets\/[^"]+)"/g), ([, path]) => path));
  const parts = [...ending(askedBefore, ".js"), ...ending(askedBefore, ".css")];
  expect(new Set(parts.filter((path) => !named.has(path)))).toEqual(new Set());
  // So few that a browser, which opens six connections, has none of them wait for another.
  expect(parts.length).toBeLessThanOrEqual(6);
  // The third: a websocket, without a try of anything else before.
  expect(asked.filter((path) => path.startsWith("/socket.io"))).toEqual([]);
  expect(asked.filter((path) => path === "websocket")).toHaveLength(1);
  // The fourth: all records come for the first thing that is said.
  expect(sent[0]).toMatch(/^40\{.*"sync":true/);
  const before = received.slice(
    0,
    received.findIndex((frame) => frame.startsWith('42["sync"')),
  );
  expect(before.map((frame) => frame.slice(0, 13))).toEqual([
    expect.stringMatching(/^0\{/),
    expect.stringMatching(/^40\{/),
    '42["connected',
  ]);
});

test("nothing is loaded before use that is not used: four font files, no dialog, no page but the first", async ({
  page,
}) => {
  const { asked } = await firstVisit(page);
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  expect(ending(asked, ".woff2").length).toBeLessThanOrEqual(4);
  expect(asked.filter((path) => /latin-ext|vietnamese/.test(path))).toEqual([]);
  expect(ending(asked, ".woff")).toEqual([]);
  const others = asked.filter(
    (path) => !/^(websocket|\/|\/healthz|\/icon\.svg|\/assets\/[^/]+\.(js|css|woff2))$/.test(path),
  );
  expect(others).toEqual([]);
});

test("what is needed without a connection comes after the page", async ({ page }) => {
  // It may come before anybody has seen that the page can be used.
  const later = page.waitForResponse((response) => response.url().includes("/assets/search-"));
  await firstVisit(page);
  await later;
});
