/** What a person works with: a mouse, the keys alone, or a finger. */
import type { BrowserContextOptions, ElementHandle, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";

/** No page has more to go through. */
const MOST_TABS = 250;

export interface Hand {
  readonly options: BrowserContextOptions;
  /** Follows a link, presses a button, ticks a box. */
  press(page: Page, target: Locator): Promise<void>;
}

async function found(target: Locator) {
  await target.waitFor();
  const element = await target.elementHandle();
  if (element === null) throw new Error(`${String(target)} is not there`);
  return element as ElementHandle<HTMLElement>;
}

/** The key that leads from where the focus is towards an element: none if it is there. */
function keyTo(element: HTMLElement): "" | "gone" | "Tab" | "ArrowDown" {
  const active = document.activeElement;
  if (!element.isConnected) return "gone";
  if (element === active) return "";
  const isRadio = element instanceof HTMLInputElement && element.type === "radio";
  const isInGroup = isRadio && element.name !== "" && element.name === active?.getAttribute("name");
  return element.getAttribute("role") === "menuitem" || isInGroup ? "ArrowDown" : "Tab";
}

/** Goes there by Tab alone, and to one of several radios by the arrows. */
async function reach(page: Page, target: Locator): Promise<void> {
  // Found once: to look for it at each step takes longer than the steps, in a week of many classes.
  let element = await found(target);
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    let next = await element.evaluate(keyTo);
    if (next === "gone") {
      element = await found(target);
      next = await element.evaluate(keyTo);
    }
    if (next === "") return;
    await page.keyboard.press(next === "gone" ? "Tab" : next);
  }
  throw new Error(`${String(target)} is not reached by keys`);
}

export const hands: Readonly<Record<string, Hand>> = {
  "a mouse": { options: {}, press: (_, target) => target.click() },
  "the keys alone": {
    options: {},
    press: async (page, target) => {
      await reach(page, target);
      const isBox = await target.evaluate(
        (element) => element instanceof HTMLInputElement && /radio|checkbox/.test(element.type),
      );
      if (!isBox) await page.keyboard.press("Enter");
      else if (!(await target.isChecked())) await page.keyboard.press("Space");
    },
  },
  "a finger on a tablet": {
    options: { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true },
    press: (_, target) => target.tap(),
  },
  "a finger on a phone": {
    options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    press: (_, target) => target.tap(),
  },
};

/** Writes into a field, in place of what is in it; a finger gets its keys from the screen. */
export async function write(page: Page, hand: Hand, target: Locator, text: string): Promise<void> {
  if (hand === hands["the keys alone"]) await reach(page, target);
  else await hand.press(page, target);
  await expect(target).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await expect(target).toHaveValue(text);
}

/** Chooses from a list that shortens while one types. */
export async function choose(page: Page, hand: Hand, target: Locator, name: string): Promise<void> {
  await write(page, hand, target, name);
  const option = page.getByRole("listbox").getByRole("option", { name, exact: true });
  await option.waitFor();
  if (hand === hands["the keys alone"]) await page.keyboard.press("Enter");
  else await hand.press(page, option);
  await expect(target).toHaveValue(name);
}
