import { useConnection } from "@spotter/realtime";
import type { ReactNode } from "react";
import { Empty } from "./empty";

/** Instead of records that have not come yet: `children` while they may come, and words when they will not. */
export function NotLoaded({ children = "One moment…" }: { children?: ReactNode }) {
  const { status } = useConnection();
  if (status !== "offline") return children;
  return (
    <Empty title="There is no connection">
      This was never loaded on this device. It comes as soon as there is a connection.
    </Empty>
  );
}
