import type { Plugin } from "vite";

// What the server writes into the page it serves (server/http/page.py).
const WRITTEN =
  /<meta name="(?:application-name|resources)" content="[^"]*" \/>|<title>[^<]*<\/title>/g;
const PATIENCE_MS = 30_000;
const AGAIN_MS = 200;

/** `vite dev` serves the page from its sources, with the gym's name and resources as the server at `url` writes them.
 * One that begins anew is waited for; without a built page the server writes none, and the sources' own stay. */
export const servedPage = (url: string): Plugin => ({
  name: "served-page",
  apply: "serve",
  transformIndexHtml: {
    order: "pre",
    handler: async (html) => {
      const served = (await written(url)).match(WRITTEN) ?? [];
      return html.replace(WRITTEN, (own) => served.find((one) => kind(one) === kind(own)) ?? own);
    },
  },
});

const kind = (element: string): string => element.split(/ content=|>/, 1)[0] ?? "";

const written = async (url: string): Promise<string> => {
  const until = Date.now() + PATIENCE_MS;
  while (true) {
    try {
      return await (await fetch(url)).text();
    } catch {
      if (Date.now() > until) {
        return "";
      }
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
};
