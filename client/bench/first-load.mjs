// How long a first visit takes until the page can be used, with the network of a phone: the classes
// are shown, and the connection is live. Prints one JSON line for each visit, for bench/first_load.py.
//
// node bench/first-load.mjs <address> <visits>
import { chromium } from "@playwright/test";

const [address, visits = "1"] = process.argv.slice(2);
const KBIT = 1000 / 8;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600 * KBIT,
  uploadThroughput: 750 * KBIT,
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (let visit = 0; visit < Number(visits); visit += 1) {
  // Another context has an empty cache.
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await page.goto(address, { waitUntil: "commit" });
  const usable = await page.waitForFunction(
    () => {
      const isLive = document.querySelector("[data-status='live']") !== null;
      const shown = document.querySelector("main a[href^='/classes/']:not([href*='/new'])");
      return isLive && shown?.checkVisibility() && performance.now();
    },
    undefined,
    { timeout: 120_000 },
  );
  const seconds = (await usable.jsonValue()) / 1_000;
  const loaded = await page.evaluate(
    (until) =>
      performance
        .getEntriesByType("resource")
        .filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= until)
        .map(({ name, startTime, responseEnd, encodedBodySize }) => ({
          path: new URL(name).pathname,
          from: Math.round(startTime),
          to: Math.round(responseEnd),
          bytes: encodedBodySize,
        })),
    seconds * 1_000,
  );
  console.log(JSON.stringify({ seconds, loaded }));
  await context.close();
}
await browser.close();
