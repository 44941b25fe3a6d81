import { useConnection } from "@spotter/realtime/react";
import type { ReactNode } from "react";
import { Empty } from "./empty";
import { texts } from "./texts";

/** Instead of records that have not come yet: `children` while they may come, and words when they will not. */
export function NotLoaded({ children = texts.oneMoment }: { children?: ReactNode }) {
  const { status } = useConnection();
  if (status !== "offline") return children;
  return <Empty title={texts.offline}>{texts.neverLoaded}</Empty>;
}
