import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "../tests/browser",
  outputDir: "test-results",
  // Each worker starts a server of its own; more of them than this only wait for each other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env["CI"] === "true",
  // What a test waits for comes, or does not: how fast is the affair of the machine, which may have ten times too much to do.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
