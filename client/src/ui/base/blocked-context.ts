import { createContext, useContext } from "react";

/** Whether it is said above the page already that there is no live connection, and why: once is enough. */
export const BlockedContext = createContext(false);

export function useIsBlocked(): boolean {
  return useContext(BlockedContext);
}
