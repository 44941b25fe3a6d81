import { Notification } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { NotificationData } from "@mantine/notifications";
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { stays } from "../base/preferences";
import styles from "./toasts.module.css";
import { useHeld } from "./use-held";

/** For how long one stays that does not say so itself, in milliseconds. */
const USUAL = 4_000;

/** One toast: it goes when its time is over, unless somebody is at it. */
export function ToastItem({ said }: { said: NotificationData }) {
  const { id = "", message, color, mod, autoClose = USUAL } = said;
  const element = useRef<HTMLDivElement>(null);
  const from = useRef<Element | null>(null);
  const { held, handlers } = useHeld();
  const hide = () => notifications.hide(id);
  const end = useEffectEvent(hide);

  useEffect(() => {
    if (held || typeof autoClose !== "number") return;
    const timer = setTimeout(end, stays(autoClose));
    return () => clearTimeout(timer);
  }, [held, autoClose]);

  useLayoutEffect(() => {
    const shown = element.current;
    return () => {
      // Who was at it goes on where they came from.
      if (shown?.contains(document.activeElement) && from.current instanceof HTMLElement)
        from.current.focus();
    };
  }, []);

  return (
    <Notification
      ref={element}
      className={styles["toast"] ?? ""}
      {...(color !== undefined && { color })}
      mod={[{ toast: id }, mod]}
      onClose={hide}
      {...handlers}
      onFocus={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) from.current = event.relatedTarget;
        handlers.onFocus();
      }}
    >
      {message}
    </Notification>
  );
}
