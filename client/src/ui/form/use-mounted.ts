import { useEffect, useRef } from "react";

/** Tells whether what calls this is still on a screen that somebody may look at. */
export function useMounted(): () => boolean {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return () => mounted.current;
}
