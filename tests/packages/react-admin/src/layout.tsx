import { useNotificationContext } from "ra-core";
import { useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { realtime } from "./realtime";

const { status } = realtime.connection;

/** The page, and what was last notified. */
export function Layout({ children }: { children: ReactNode }) {
  const connection = useSyncExternalStore(status.subscribe, status.get);
  const { notifications } = useNotificationContext();
  return (
    <main data-status={connection.status}>
      <p role="alert">{String(notifications.at(-1)?.message ?? "")}</p>
      {children}
    </main>
  );
}
