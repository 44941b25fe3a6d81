import type { Page } from "@playwright/test";
import { card, expect, lift, opened, test } from "./fixtures";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const planOf = (made: Record<string, unknown>) => (made["workout_plan"] as { id: number }).id;

async function finger(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", at?: readonly [number, number]) =>
    cdp.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: at ? [{ x: at[0], y: at[1] }] : [],
    });
  return {
    down: send.bind(null, "touchStart"),
    to: send.bind(null, "touchMove"),
    up: send.bind(null, "touchEnd"),
  };
}

async function middle(locator: ReturnType<Page["locator"]>): Promise<readonly [number, number]> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not on the screen.");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test("a class is dragged by touch to another day, whose tab opens under it", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Tab Drag", "Monday", "900");
  const other = await gym.ask("new_schedule", {
    day: "Thursday",
    hour: "1100",
    coach: made["coach"],
    workout_plan: made["workout_plan"],
  });
  const page = await visit(`/?day=Monday&plan=${planOf(made)}`, phone);
  const tab = page.getByRole("navigation", { name: "Day" }).getByRole("button").nth(3);
  await expect(tab).toContainText("Thu");
  await card(page, "Tab Drag").scrollIntoViewIfNeeded();
  const [x, y] = await middle(card(page, "Tab Drag"));
  const { down, to, up } = await finger(page);
  await down([x, y]);
  await page.locator("[data-dragging]").waitFor();
  await to([x, y - 20]);
  await to(await middle(tab));
  await expect(tab).toHaveAttribute("aria-pressed", "true");
  const place = page.getByRole("link", { name: "Add a class on Thursday at 11:00" });
  await to(await middle(place.locator("xpath=..")));
  await expect(page.locator("td[data-over]")).toHaveCount(1);
  await up();
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({ day: "Thursday", hour: "1100" });
  await expect(page).toHaveURL(/day=Thursday/);
  await expect(page.locator(`[data-class="${made.id}"]`)).toBeVisible();
  await expect(page.locator(`[data-class="${other.id}"]`)).toBeVisible();
});

test("the arrow keys move a class to another day of a narrow window, too", async ({
  visit,
  gym,
}) => {
  const made = await gym.class("Tab Keys", "Monday", "900");
  const page = await visit(`/?day=Monday&plan=${planOf(made)}`, {
    viewport: { width: 390, height: 844 },
  });
  await lift(page, page.getByRole("button", { name: /^Move Tab Keys/ }));
  await expect(page.getByText("Tab Keys, Monday at 09:00.")).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Tab Keys, Tuesday at 09:00.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect
    .poll(() => gym.of("schedules", made.id).at(-1)?.record)
    .toMatchObject({ day: "Tuesday", hour: "900" });
  // The focus goes along.
  await expect(page.getByRole("button", { name: /^Move Tab Keys, Tuesday/ })).toBeFocused();
});

test("after a drawer the focus is on what opened it", async ({ visit, gym }) => {
  const made = await gym.class("Focus Back", "Monday", "900");
  const page = await visit(`/?plan=${planOf(made)}`);
  for (const name of [/^Focus Back/, /^Monday/, /^Add a class on Tuesday at 09:00/]) {
    const link = page.getByRole("table").getByRole("link", { name });
    await link.press("Enter");
    await opened(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(link).toBeFocused();
  }
  await page.getByRole("button", { name: /^More for Focus Back/ }).press("Enter");
  await page.getByRole("menuitem", { name: /^Only on/ }).press("Enter");
  await opened(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator(`[data-class="${made.id}"]`).locator(":focus")).toBeAttached();
  // The class, and the link that opened it, are elsewhere by then.
  await page.locator(`[data-class="${made.id}"]`).getByRole("link").press("Enter");
  const drawer = await opened(page);
  await drawer.getByLabel("Time").fill("17:00");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator(`[data-class="${made.id}"]`).getByRole("link")).toBeFocused();
});
