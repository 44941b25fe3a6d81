/** Dragging as a hand does it: on, until the page shows that what is held is over its place, and only then let go. */
import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { show } from "./fixtures";

type Point = readonly [x: number, y: number];

async function middle(of: Locator): Promise<Point> {
  await show(of);
  const box = await of.boundingBox();
  if (!box) throw new Error("It is not on the screen.");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Goes there again and again: what is held may scroll the page or unfold a part of it, and the place moves. */
async function until(place: Locator, go: (to: Point) => Promise<unknown>): Promise<void> {
  await expect(async () => {
    await go(await middle(place));
    await expect(place).toHaveAttribute("data-over", "true", { timeout: 2_000 });
  }).toPass();
}

/** Moves what the mouse holds over a place. */
export async function moveOver(page: Page, place: Locator): Promise<void> {
  await until(place, ([x, y]) => page.mouse.move(x, y, { steps: 8 }));
}

/** Takes hold of something with the mouse, and moves it over a place. */
export async function hold(page: Page, what: Locator, place: Locator): Promise<void> {
  await what.hover();
  await page.mouse.down();
  await moveOver(page, place);
}

/** Drags something by mouse, and drops it. */
export async function drag(page: Page, what: Locator, place: Locator): Promise<void> {
  await hold(page, what, place);
  await page.mouse.up();
}

/** A finger on the screen. */
export async function finger(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", ...at: Point[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: at.map(([x, y]) => ({ x, y })) });
  return {
    /** Rests on something until it is taken hold of. */
    lift: async (what: Locator) => {
      const [x, y] = await middle(what);
      await send("touchStart", [x, y]);
      await page.locator("[data-dragging]").waitFor();
      await send("touchMove", [x, y + 12]);
    },
    to: async (place: Locator) => send("touchMove", await middle(place)),
    over: (place: Locator) => until(place, (to) => send("touchMove", to)),
    up: () => send("touchEnd"),
  };
}
