/** Dialogs over forms over dialogs: the one on top alone has the keys. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";

/** The open layers over the page, the topmost last. */
let open: readonly symbol[] = [];
const listeners = new Set<() => void>();

function put(layers: readonly symbol[]): void {
  open = layers;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const Layer = createContext<symbol | null>(null);

/** Whether no other layer is over the one that what calls this stands in. */
export function useOnTop(): boolean {
  const layer = useContext(Layer);
  return useSyncExternalStore(subscribe, () => (open.at(-1) ?? null) === layer);
}

/** Whatever is in it is over what was there before, for as long as it is shown. */
export function OverAll({ children }: { children: ReactNode }) {
  const [layer] = useState(() => Symbol("layer"));
  useEffect(() => {
    put([...open, layer]);
    return () => put(open.filter((each) => each !== layer));
  }, [layer]);
  return <Layer value={layer}>{children}</Layer>;
}
