/** A server that is slow to speak: what it says to a page is held back for a while. */
import type { Page } from "@playwright/test";

/** Holds back what the server says to a page, from `hold` to `release`. Before the page is opened. */
export async function slowServer(page: Page) {
  let holding = false;
  let last: RegExp | null = null;
  let held: (() => void)[] = [];
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (holding) held.push(() => socket.send(message));
      else {
        socket.send(message);
        holding = last?.test(String(message)) ?? false;
      }
    });
  });
  return {
    hold: () => {
      holding = true;
      held = [];
    },
    /** Lets the first of what is like this through, and nothing after it. */
    holdAfter: (said: RegExp) => {
      last = said;
      held = [];
    },
    release: () => {
      holding = false;
      last = null;
      for (const send of held) send();
    },
  };
}
