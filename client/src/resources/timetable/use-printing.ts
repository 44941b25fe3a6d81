import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let printing = false;

/** Whether the page is being printed: what is on paper is there before the browser looks. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => printing);
}

function subscribe(listener: () => void): () => void {
  const set = (to: boolean) => () => {
    printing = to;
    flushSync(listener);
  };
  const begin = set(true);
  const end = set(false);
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  return () => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
  };
}
