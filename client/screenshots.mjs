// Pictures of the pages for a README: `npm run screenshots -- <folder> [address]`, from a server
// that is running and seeded.
import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const [folder = "screenshots", address = "http://localhost:5555"] = process.argv.slice(2);
const wide = { width: 1200, height: 750 };
const phone = { width: 390, height: 780 };
const pictures = [
  { name: "timetable", path: "/", viewport: wide, colorScheme: "light" },
  { name: "timetable-dark", path: "/", viewport: wide, colorScheme: "dark" },
  { name: "class", path: "/classes/1", viewport: wide, colorScheme: "light" },
  { name: "plan-builder", path: "/plans/1/edit", viewport: wide, colorScheme: "light" },
  { name: "phone", path: "/?day=Monday", viewport: phone, colorScheme: "light" },
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const { name, path, ...look } of pictures) {
  const page = await browser.newPage({ ...look, reducedMotion: "reduce" });
  await page.goto(address + path, { waitUntil: "networkidle" });
  await page.locator("[data-status='live']").waitFor();
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
