/** Where a class can be held while it is moved: an hour of a day, a band of hours, the tab of a day. */
import type { CollisionDetection, KeyboardCoordinateGetter } from "@dnd-kit/core";
import { flushSync } from "react-dom";
import { days } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { beside, slotKey } from "./week";
import type { Slot } from "./week";

/** The attribute by which a place is found on the screen. */
export const PLACE = "data-place";

/** Where the class is that is moved by key: one at a time can be. */
let reached: Slot | null = null;
let show: (slot: Slot) => void = () => {};

export function beginAt(slot: Slot | null): void {
  reached = slot;
}

/** `onReach` brings into the page a place that is not there yet. */
export function showBy(onReach: (slot: Slot) => void): void {
  show = onReach;
}

function elementOf(slot: Slot): Element | null {
  return document.querySelector(`[${PLACE}="${slotKey(slot)}"]`);
}

/** One slot further for each arrow key, also to what is folded up or on another day's tab. */
export const oneSlotPerKey: KeyboardCoordinateGetter = (event) => {
  const to = reached && beside(reached, event.code);
  if (!to) return undefined;
  event.preventDefault();
  if (!elementOf(to)) flushSync(() => show(to));
  const rect = elementOf(to)?.getBoundingClientRect();
  if (!rect) return undefined;
  reached = to;
  return { x: rect.left, y: rect.top };
};

/** The place under the pointer, whatever lies over it; with the keyboard, the one that was reached last. */
export const placeHeld: CollisionDetection = ({ pointerCoordinates, droppableContainers }) => {
  const place = pointerCoordinates
    ? placeAt(pointerCoordinates.x, pointerCoordinates.y)
    : reached && slotKey(reached);
  const found = droppableContainers.find(({ id }) => id === place);
  return found ? [{ id: found.id }] : [];
};

function placeAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const place = element.closest(`[${PLACE}]`);
    if (place) return place.getAttribute(PLACE);
  }
  return null;
}

export function tabKey(day: Day): string {
  return `tab ${day}`;
}

/** The day of the tab of this name; null for another place. */
export function parseTab(key: string): Day | null {
  const [kind, name] = key.split(" ");
  return kind === "tab" ? (days.find((day) => day === name) ?? null) : null;
}
