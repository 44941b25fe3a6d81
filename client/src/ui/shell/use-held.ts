import { useState } from "react";
import type { FocusEvent, PointerEvent } from "react";

/** Where the pointer was last, on the whole page. */
let last: { x: number; y: number } | null = null;

// After what is under the pointer has been told.
addEventListener("pointermove", ({ screenX: x, screenY: y }) => (last = { x, y }));

/**
 * Whether somebody is at an element: with the focus in it, or with a pointer that moves over it. One
 * that rests where the element came up, or that slid under it, is nobody's interest in it.
 */
export function useHeld() {
  const [moved, setMoved] = useState(false);
  const [focused, setFocused] = useState(false);
  const handlers = {
    onPointerMove: ({ pointerType, screenX, screenY }: PointerEvent) => {
      // A finger comes to press, and stays nowhere.
      if (pointerType !== "touch" && (last?.x !== screenX || last.y !== screenY)) setMoved(true);
    },
    onPointerLeave: () => setMoved(false),
    onFocus: () => setFocused(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
      setFocused(currentTarget.contains(relatedTarget)),
  };
  return { held: moved || focused, handlers };
}
