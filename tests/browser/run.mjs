// Runs the browser tests with the Chromium of the system. Without one they are skipped on a
// person's machine, and fail where CI=true.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell", "/usr/bin/google-chrome"];
const chromium = [process.env.CHROMIUM, ...places].find((path) => path && existsSync(path));

if (!chromium) {
  console.error(
    "BROWSER TESTS SKIPPED: no Chromium was found.\n" +
      "Install it (Debian: apt install chromium), or set CHROMIUM to its path.",
  );
  process.exit(process.env.CI === "true" ? 1 : 0);
}

const { status } = spawnSync(
  "npx",
  ["--no-install", "playwright", "test", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: { ...process.env, CHROMIUM: chromium },
  },
);
process.exit(status ?? 1);
