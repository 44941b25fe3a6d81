import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "../tests/browser",
  outputDir: "test-results",
  // Each has a server and a browser of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env["CI"] === "true",
  // What a test waits for comes, or does not: how fast is the affair of the machine, which may have ten times too much to do.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    // Whose clock and week the tests are written for.
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    // A trace of every test costs a fifth of the whole time: `--trace retain-on-failure` where one is wanted.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
