import { useNotificationContext } from "ra-core";
import type { ReactNode } from "react";

/** The page, and what was last notified. */
export function Layout({ children }: { children: ReactNode }) {
  const { notifications } = useNotificationContext();
  return (
    <main>
      <p role="alert">{String(notifications.at(-1)?.message ?? "")}</p>
      {children}
    </main>
  );
}
