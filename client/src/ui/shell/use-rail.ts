import { useClickOutside, useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import { useLocation } from "wouter";

/** Whether the narrow rail is opened: until one goes to a page, presses beside it, or Escape. */
export function useRail() {
  const [location] = useLocation();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const opened = openedAt === location;
  const close = () => setOpenedAt(null);
  useHotkeys([["Escape", close, { preventDefault: false }]], []);
  const ref = useClickOutside<HTMLElement>(close);
  return { opened, ref, toggle: () => setOpenedAt(opened ? null : location) };
}
