import type { Page } from "@playwright/test";
import { expect, live, test } from "./fixtures";

/** What the page's content security policy refused, as the browser reports it. */
async function watchViolations(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction("violated", (what: string) => violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const told = window as unknown as { violated(what: string): void };
      told.violated(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  return violations;
}

test("the content security policy lets the whole app through", async ({ page, server }) => {
  const violations = await watchViolations(page);
  const answer = await page.goto("/");
  expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'");
  await live(page);
  for (const path of [
    "/coaches",
    "/plans",
    "/moves",
    "/developers/time",
    "/account",
    "/coaches/1",
  ]) {
    await page.goto(path);
    await live(page);
  }
  expect(violations).toEqual([]);
  expect(await page.context().cookies(server.url)).toEqual([]);
});

test("and nothing that was slipped into the page", async ({ page }) => {
  const violations = await watchViolations(page);
  await page.goto("/");
  await live(page);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.slipped = true";
    document.body.append(script);
    const frame = document.createElement("iframe");
    frame.src = "https://evil.example/";
    document.body.append(frame);
  });
  await expect.poll(() => violations.length).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => "slipped" in window)).toBe(false);
  const sent = await page.evaluate(() =>
    fetch("https://evil.example/").then(
      () => true,
      () => false,
    ),
  );
  expect(sent).toBe(false);
  await expect.poll(() => violations.join()).toContain("connect-src");
});

test("the page cannot be put into a frame", async ({ page, server }) => {
  const framed = page.waitForEvent(
    "requestfailed",
    (request) => request.url() === `${server.url}/`,
  );
  await page.route("http://evil.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${server.url}/"></iframe>` }),
  );
  await page.goto("http://evil.example/");
  expect((await framed).failure()?.errorText).toContain("BLOCKED");
});
