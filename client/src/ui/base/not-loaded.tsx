import { useConnection } from "@spotter/realtime/react";
import type { ReactNode } from "react";
import { useIsBlocked } from "./blocked-context";
import { Empty } from "./empty";
import { texts } from "./texts";

/** Instead of records that have not come yet: `children` while they may come, and words when they will not. */
export function NotLoaded({ children = texts.oneMoment }: { children?: ReactNode }) {
  const { status } = useConnection();
  const isBlocked = useIsBlocked();
  if (status !== "offline") return children;
  if (isBlocked) return <Empty title={texts.notLoaded}>{texts.loadedLive}</Empty>;
  return <Empty title={texts.offline}>{texts.neverLoaded}</Empty>;
}
