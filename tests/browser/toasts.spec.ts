/** What the app says for a moment: for how long, how much of it, and where. */
import type { Locator, Page } from "@playwright/test";
import { expect, field, go, live, show, test } from "./fixtures";
import { allGo, drawn, LONG, said, toasts, visitStill } from "./messages";

test.use({ messages: "usual" });

/** Deletes the coach without moving the mouse. */
async function remove(page: Page, id: number, name: string): Promise<void> {
  await go(page, `/coaches/${id}`);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
  await expect(said(page, `${name} was deleted`)).toBeVisible();
}

/** Whether the one covers a part of the other, once nothing moves any more. */
async function covers(page: Page, one: Locator, other: Locator): Promise<boolean> {
  await page.clock.runFor(100);
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  // What is not on the screen yet is no good sign.
  if (!a || !b) return true;
  const apart =
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  return !apart;
}

test("it goes in its time from under a pointer that rests, and stays under one that moves", async ({
  page,
  gym,
}) => {
  const { id: first } = await gym.coach("Rita Rest");
  const { id: second } = await gym.coach("Mona Move");
  await visitStill(page);
  await page.mouse.move(1300, 850);
  await remove(page, first, "Rita Rest");
  const isUnder = () =>
    said(page, "Rita Rest").evaluate((toast) =>
      toast.contains(document.elementFromPoint(1300, 850)),
    );
  await expect.poll(isUnder).toBe(true);
  await allGo(page);

  await remove(page, second, "Mona Move");
  await page.mouse.move(1310, 855);
  await drawn(page);
  await page.clock.fastForward(LONG);
  await drawn(page);
  await expect(said(page, "Mona Move")).toBeVisible();
  await page.mouse.move(700, 300);
  await allGo(page);
});

test("who needs longer chooses so, and has it ten times as long", async ({ page, gym }) => {
  const coach = await gym.coach("Lou Longer");
  await page.goto("/coaches");
  await page.getByRole("button", { name: "Settings of this device" }).click();
  await page.getByLabel("Messages stay for").selectOption("Ten times as long");
  await page.getByRole("button", { name: "Done" }).click();
  await visitStill(page);
  await remove(page, coach.id, "Lou Longer");
  await page.clock.fastForward(5 * LONG);
  await expect(said(page, "Lou Longer")).toBeVisible();
  await page.clock.fastForward(10 * LONG);
  await expect(toasts(page)).toHaveCount(0);
});

test("by keyboard it is reached from anywhere, stays meanwhile, and leads back", async ({
  page,
  gym,
}) => {
  const coach = await gym.coach("Kim Keys");
  await visitStill(page);
  await remove(page, coach.id, "Kim Keys");
  await go(page, "/coaches");
  const search = page.getByRole("textbox", { name: "Search coaches" });
  await search.focus();
  await page.keyboard.press("F8");
  await expect(said(page, "Kim Keys").getByRole("button", { name: "Undo" })).toBeFocused();
  await drawn(page);
  await page.clock.fastForward(LONG);
  await drawn(page);
  await expect(said(page, "Kim Keys")).toBeVisible();
  // For so long a time the connection did not answer, either.
  await page.clock.resume();
  await live(page);
  await page.keyboard.press("Enter");
  await expect(toasts(page)).toHaveCount(0);
  await expect(search).toBeFocused();
  await expect.poll(() => gym.of("coaches", coach.id).at(-1)?.type).toBe("put");
});

test("there are three at most, and the oldest goes", async ({ page, gym }) => {
  const names = ["Una Stack", "Dua Stack", "Tria Stack", "Quattra Stack"];
  const coaches = [];
  for (const name of names) coaches.push(await gym.coach(name));
  await visitStill(page);
  for (const [at, { id }] of coaches.entries()) await remove(page, id, names[at] ?? "");
  await expect(toasts(page)).toHaveText(names.slice(1).map((name) => new RegExp(name)));
});

test("it names the day and the time of a class", async ({ page, gym }) => {
  const slot = await gym.class("Toast Class", "Thursday", "800");
  await visitStill(page);
  await go(page, `/classes/${slot.id}`);
  await field(page, "Capacity").fill("9");
  await page.keyboard.press("Enter");
  await expect(said(page, "Toast Class on Thursday at 08:00 is saved")).toBeVisible();
  await go(page, `/classes/${slot.id}`);
  await page.getByRole("button", { name: "Delete this class" }).click();
  await expect(said(page, "Toast Class on Thursday at 08:00 was deleted")).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [820, 1180],
  [390, 844],
  [844, 390],
] as const) {
  test(`at ${width} × ${height} it covers no button of a form, nor the pages' bar`, async ({
    page,
    gym,
  }) => {
    const coach = await gym.coach("Cora Cover");
    await page.setViewportSize({ width, height });
    await visitStill(page);
    await remove(page, coach.id, "Cora Cover");
    const nav = page.getByRole("navigation", { name: "Main" });
    const pages = nav.getByRole("link", { name: "Coaches" });
    for (const [path, save] of [
      ["/coaches/new", "Add coach"],
      ["/moves/new", "Add move"],
      ["/classes/new", "Add class"],
    ] as const) {
      await go(page, path);
      const button = page.getByRole("button", { name: save });
      await page.clock.runFor(1_000);
      await show(button);
      for (const other of [button, pages])
        await expect.poll(() => covers(page, said(page, "Cora Cover"), other), path).toBe(false);
    }
  });
}

for (const [width, height] of [
  [1440, 900],
  [820, 1180],
] as const) {
  test(`at ${width} × ${height} it leaves the corner where something has the focus`, async ({
    page,
    gym,
  }) => {
    const coach = await gym.coach("Carl Corner");
    await page.setViewportSize({ width, height });
    await visitStill(page);
    await remove(page, coach.id, "Carl Corner");
    await go(page, "/moves");
    const cards = page.getByRole("main").getByRole("listitem").getByRole("link");
    await expect(cards.first()).toBeVisible();
    // So that the focus is seen.
    await page.keyboard.press("Tab");
    const toast = await said(page, "Carl Corner").boundingBox();
    if (!toast) throw new Error("It is not on the screen.");
    await page.evaluate(({ x, y, width: wide, height: high }) => {
      const below = Array.from(document.querySelectorAll<HTMLElement>("main li a")).find((link) => {
        const { left, top } = link.getBoundingClientRect();
        return left > x && left < x + wide && top > y;
      });
      scrollBy(0, (below?.getBoundingClientRect().top ?? 0) - y - high / 2);
      below?.focus({ preventScroll: true });
    }, toast);
    const focused = page.locator("main li a:focus");
    await expect(focused).toBeAttached();
    await expect.poll(() => covers(page, said(page, "Carl Corner"), focused)).toBe(false);
  });
}

test("what has the focus is not covered", async ({ page, gym }) => {
  const coach = await gym.coach("Fay Focus");
  await page.setViewportSize({ width: 390, height: 844 });
  await visitStill(page);
  await remove(page, coach.id, "Fay Focus");
  await go(page, "/moves/new");
  const description = field(page, "Description");
  await description.focus();
  await description.evaluate((element) => element.scrollIntoView({ block: "end" }));
  await expect.poll(() => covers(page, said(page, "Fay Focus"), description)).toBe(false);
});

test("a long one begins with what was not done, also on the narrowest phone", async ({
  page,
  gym,
}) => {
  const slot = await gym.class("Strength and Evening Stretch Long", "Monday", "600");
  const { coach, workout_plan } = slot as unknown as Record<string, { id: number }>;
  const classes = [];
  for (const day of ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) {
    classes.push(await gym.ask("new_schedule", { day, hour: "600", coach, workout_plan }));
  }
  await page.setViewportSize({ width: 320, height: 568 });
  await visitStill(page);
  await go(page, `/coaches/${coach?.id}`);
  await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
  const toast = said(page, "was not deleted");
  await expect(toast).toBeVisible();
  const above = () =>
    toast.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return element.getBoundingClientRect().top - range.getBoundingClientRect().top;
    });
  await expect.poll(above).toBeLessThanOrEqual(0);
});
