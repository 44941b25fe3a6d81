import { expect, test } from "./fixtures";

test("the clock ticks", async ({ visit }) => {
  const page = await visit("/live");
  await expect(page, "where the demos were before").toHaveURL("/developers/time");
  const time = page.getByRole("main").locator("time").filter({ visible: true });
  await expect(time).toHaveText(/^\d\d:\d\d:\d\d$/);
  const first = await time.textContent();
  await expect(time).not.toHaveText(first ?? "");
  await expect(page.getByRole("link", { name: "Current time" })).toHaveAttribute(
    "aria-current",
    "page",
  );
});

test("ten numbers roll", async ({ visit }) => {
  test.slow();
  const page = await visit("/developers/numbers");
  const numbers = page.getByRole("list", { name: /newest first/ }).getByRole("listitem");
  await expect(numbers).toHaveCount(10);
  for (const number of await numbers.allTextContents()) expect(number).toMatch(/^(\d|10)\.\d{3}$/);
  // A slow page may miss the second in which it is the second, and the ten after which it is gone.
  await expect(async () => {
    const [newest = ""] = await numbers.allTextContents();
    const place = async () => (await numbers.allTextContents()).indexOf(newest);
    await expect.poll(place, { timeout: 8_000 }).toBeGreaterThan(0);
  }).toPass({ timeout: 120_000 });
  await expect(numbers).toHaveCount(10);
});

for (const [path, shape] of [
  ["/developers/uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ["/developers/hex", /^[0-9a-f]{32}$/],
] as const) {
  test(`a click gives a new one on ${path}`, async ({ visit }) => {
    const page = await visit(path);
    const text = page.getByRole("main").getByRole("status");
    await expect(text).toHaveText(shape);
    const first = await text.textContent();
    await page.getByRole("button", { name: "New one" }).click();
    await expect(text).not.toHaveText(first ?? "");
    await expect(text).toHaveText(shape);
  });
}

test("the picture follows the pushed state without a reload", async ({ visit }) => {
  const page = await visit("/developers/state");
  const picture = page.getByRole("img", { name: /^A barbell of/ });
  await expect(page.getByText(/^\d+ kg$/)).toBeVisible();
  const first = await picture.getAttribute("aria-label");
  await page.evaluate(() => Object.assign(window, { here: true }));
  await expect(picture).not.toHaveAttribute("aria-label", first ?? "");
  expect(await page.evaluate(() => "here" in window)).toBe(true);
});

test("the timetable says what runs now", async ({ visit }) => {
  const page = await visit();
  await expect(page.getByText("Next", { exact: true })).toBeVisible();
});
