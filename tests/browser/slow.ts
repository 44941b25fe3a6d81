/** A server that is slow to speak: what it says to a page is held back for a while. */
import type { Page } from "@playwright/test";

/** Holds back what the server says to a page, from `hold` to `release`. Before the page is opened. */
export async function slowServer(page: Page) {
  let holding = false;
  let held: (() => void)[] = [];
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (holding) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  return {
    hold: () => {
      holding = true;
      held = [];
    },
    release: () => {
      holding = false;
      for (const send of held) send();
    },
  };
}
