import type { Page } from "@playwright/test";
import { expect, live, test } from "./fixtures";

/** How many pages a document has. */
const pagesOf = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;

function isLying(pdf: Buffer): boolean {
  const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString("latin1"));
  return Number(box?.[1]) > Number(box?.[2]);
}

/** What somebody reads on the paper. */
async function onPaper(page: Page): Promise<string> {
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  return (await page.locator("body").innerText()).replace(/\s+/g, " ").trim();
}

for (const format of ["A4", "Letter"] as const) {
  test(`the week is on one page of ${format}, lying`, async ({ visit }) => {
    const page = await visit();
    await page.getByRole("table").waitFor();
    const pdf = await page.pdf({ format, preferCSSPageSize: true });
    expect(pagesOf(pdf)).toBe(1);
    expect(isLying(pdf)).toBe(true);
  });

  for (const landscape of [true, false]) {
    test(`it is on one page of ${format} that the browser lays ${landscape ? "down" : "upright"} itself`, async ({
      page,
    }) => {
      // A browser that does not know what paper a page asks for.
      await page.addInitScript(() => {
        CSSStyleSheet.prototype.replaceSync = () => {};
      });
      await page.goto("/");
      await live(page);
      await page.getByRole("table").waitFor();
      const edge = "12mm";
      const margin = { top: edge, right: edge, bottom: edge, left: edge };
      const pdf = await page.pdf({ format, landscape, margin });
      expect(pagesOf(pdf)).toBe(1);
      expect(isLying(pdf)).toBe(landscape);
    });
  }
}

test("on paper are the gym, the week and its classes, and nothing to press", async ({
  visit,
  gym,
}) => {
  const page = await visit("/?week=2037-W52");
  await page.getByRole("table").waitFor();
  const text = await onPaper(page);
  expect(text).toMatch(/^SPOTTER 21–27 December 2037 Monday 21 December/);
  const classes = gym.all("schedules");
  const times = text.match(/\d\d:\d\d–\d\d:\d\d/g) ?? [];
  expect(times).toHaveLength(classes.length);
  for (const { coach } of classes) expect(text).toContain((coach as { name: string }).name);
  await expect(page.getByRole("button").filter({ visible: true })).toHaveCount(0);
  await expect(page.getByRole("link").filter({ visible: true })).toHaveCount(0);
  expect(text).not.toMatch(/no classes|that fit|Skip/);

  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(page.getByRole("heading", { name: "Timetable" })).toBeVisible();
});

test("a phone prints the whole week; what a filter leaves out is not printed, and it says so", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Print Me", "Tuesday", "1300");
  const coach = made["coach"] as { id: number; name: string };
  const off = { schedule: { id: made.id }, cancelled: true, note: "Pipe burst" };
  await gym.ask("new_exception", { date: "2037-12-22", ...off });
  const viewport = { width: 390, height: 844 };
  const page = await visit(`/?week=2037-W52&coach=${coach.id}`, { viewport, colorScheme: "dark" });
  await page.getByRole("table").waitFor();
  const text = await onPaper(page);
  expect(text).toContain(`${coach.name} · 21–27 December 2037`);
  expect(text).toContain("Sunday 27 December");
  expect(text.match(/\d\d:\d\d–\d\d:\d\d/g)).toEqual(["13:00–14:00"]);
  expect(text).toMatch(/Cancelled Print Me Print Me Coach · Pipe burst/);
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(255, 255, 255)");
});
