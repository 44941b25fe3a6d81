import { defaultClientConditions } from "vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./compress.ts";
import { servedPage } from "./served-page.ts";

const server = process.env["SPOTTER_SERVER"] ?? "http://localhost:5555";
// What the page asks of the server by HTTP.
const served = ["/healthz", "/export", "/timetable", "/feed", "/asyncapi.json"];

export default defineConfig({
  plugins: [react(), compressed(), servedPage(server)],
  // The packages in this repository are used from their source: nothing has to be built first.
  resolve: { conditions: ["@spotter/source", ...defaultClientConditions] },
  build: {
    // The server's content security policy allows no data: fonts or images.
    assetsInlineLimit: 0,
    // The service worker reads from it what to keep for later.
    manifest: "assets/manifest.json",
    // React's own chunk changes rarely, so returning visitors keep it in their cache.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            // Nor does what every page talks to the server with.
            { name: "realtime", test: /packages\/realtime\/|node_modules\/(socket|engine)\.io/ },
            // Menus and lists that open need it; a first visit does not.
            { name: "floating", test: /node_modules\/@floating-ui\// },
            // All that a first visit begins with is one file: a browser opens six connections, and
            // each file that waits for one costs a round trip.
            { name: "first", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/socket.io": { target: server, ws: true },
      ...Object.fromEntries(served.map((path) => [path, server])),
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "packages/*/src/**/*.test.{ts,tsx}"],
    setupFiles: ["test/setup.ts"],
    restoreMocks: true,
    // What a test waits for comes, or does not: how fast is the affair of the machine.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
