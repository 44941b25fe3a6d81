/** What the app has to say for a moment, above everything and beside what it is about. */
import { Portal } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { notifications, notificationsStore, useNotifications } from "@mantine/notifications";
import type { NotificationData } from "@mantine/notifications";
import { useLayoutEffect, useRef } from "react";
import { ToastItem } from "./toast-item";
import { useClearPlace } from "./toast-place";
import { texts } from "./texts";
import styles from "./toasts.module.css";

const MOST = 3;

// The library would let new ones wait: here the oldest goes.
notificationsStore.setState({ ...notificationsStore.getState(), limit: Infinity });

export function Toasts() {
  const all = useNotifications().notifications;
  const element = useRef<HTMLElement>(null);
  useClearPlace(element, all);

  useLayoutEffect(() => {
    const [id] = tooMany(all, element.current);
    if (id !== undefined) notifications.hide(id);
  }, [all]);

  useHotkeys([["F8", () => focusNewest(element.current)]], []);

  return (
    <Portal>
      <section ref={element} className={styles["toasts"]} aria-label={texts.messages}>
        {all.map((said) => (
          <ToastItem key={said.id} said={said} />
        ))}
      </section>
    </Portal>
  );
}

/** Those that have to go, the first to go first: never one that somebody is at. */
function tooMany(all: readonly NotificationData[], element: Element | null): readonly string[] {
  const at = element?.querySelector<HTMLElement>(":scope > :focus-within")?.dataset["toast"];
  const free = all.flatMap(({ id }) => (id === undefined || id === at ? [] : [id]));
  return free.slice(0, Math.max(0, all.length - MOST));
}

function focusNewest(element: Element | null): void {
  element?.lastElementChild?.querySelector<HTMLElement>("button, a")?.focus();
}
