import { useChannel } from "@spotter/realtime/react";
import { useMemo } from "react";
import type { Exception } from "../../protocol";
import { byDate } from "./exceptions";
import type { Exceptions } from "./exceptions";

const NONE: readonly Exception[] = [];

export function useExceptions(): Exceptions {
  const exceptions = useChannel("exceptions") ?? NONE;
  return useMemo(() => byDate(exceptions), [exceptions]);
}
