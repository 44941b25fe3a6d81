// Pictures of the pages for a README: `npm run screenshots -- <folder> [address]`, from a server
// that is running and seeded.
import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { io } from "socket.io-client";

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

/** Signs in one of the demo accounts, who then edits a class for as long as the pictures take. */
async function colleague(username, id) {
  const socket = io(address, { transports: ["websocket"], forceNew: true });
  for (const request of [
    ["login", { username, password: "spotter-demo" }],
    ["editing", { channel: "schedules", id, on: true }],
  ]) {
    const ack = await socket.emitWithAck(...request);
    if (ack.ok === false) throw new Error(JSON.stringify(ack.errors));
  }
  return socket;
}

const colleagues = [await colleague("coach", 1), await colleague("admin", 4)];
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const { name, path, ...look } of pictures) {
  const page = await browser.newPage({ ...look, reducedMotion: "reduce" });
  await page.goto(address + path, { waitUntil: "networkidle" });
  await page.locator("[data-status='live']").waitFor();
  // The timetable opens at now; a picture begins at the top.
  await page.waitForTimeout(700);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
for (const socket of colleagues) socket.close();
