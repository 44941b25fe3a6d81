/** Begins something when the page is seen, ends it when it is not; the returned function ends it for good. */
export function whileVisible(begin: () => () => void): () => void {
  let end: (() => void) | null = null;
  const look = () => {
    const visible = document.visibilityState === "visible";
    if (visible && end === null) end = begin();
    else if (!visible) stop();
  };
  const stop = () => {
    end?.();
    end = null;
  };
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    stop();
  };
}
