import { useLayoutEffect, useState } from "react";

/**
 * Puts the focus back where it was when what calls this came up, once that is gone. The library's
 * dialogs do so only if they were there before they were opened.
 */
export function useFocusBack(): void {
  const [from] = useState(origin);
  useLayoutEffect(
    () => () => {
      // What held the focus is taken away with it; who went elsewhere stays there.
      queueMicrotask(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (!isLost) return;
        const back = from?.isConnected && from !== document.body ? from : mainOf();
        if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      });
    },
    [from],
  );
}

/** What has the focus; in a menu, which goes with the choice, the button that opened it. */
function origin(): Element | null {
  const menu = document.activeElement?.closest("[role='menu']");
  const button = document.getElementById(menu?.getAttribute("aria-labelledby") ?? "");
  return button ?? document.activeElement;
}

function mainOf(): Element | null {
  return document.querySelector("main");
}
