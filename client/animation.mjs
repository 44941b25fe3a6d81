// The picture of the README that moves, as frames: `node animation.mjs <folder> [address]`, from a server that is running
// and seeded. A coach gets another name on a phone, and every class on the big screen shows it. `make animation` joins them.
import { chromium } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "frames", address = "http://localhost:5555"] = process.argv.slice(2);
const height = 640;
const views = [
  { name: "phone", path: "/coaches/1/edit", viewport: { width: 360, height } },
  { name: "screen", path: "/", viewport: { width: 900, height } },
];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const pages = [];
for (const { path, viewport } of views) {
  const page = await browser.newPage({ viewport, colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(address + path, { waitUntil: "networkidle" });
  await page.locator("[data-status='live']").first().waitFor({ state: "attached" });
  pages.push(page);
}
const [phone] = pages;

mkdirSync(folder, { recursive: true });
const durations = [];
async function frame(milliseconds) {
  const number = String(durations.length).padStart(3, "0");
  for (const [at, page] of pages.entries())
    await page.screenshot({ path: join(folder, `${number}-${views[at].name}.png`) });
  durations.push(milliseconds);
}

const field = phone.getByRole("textbox", { name: /^Name/ });
const before = await field.inputValue();
const after = "Rose Okafor";

async function renamed(name) {
  await field.fill("");
  await frame(150);
  for (let end = 2; end < name.length; end += 3) {
    await field.fill(name.slice(0, end));
    await frame(120);
  }
  await field.fill(name);
  await frame(500);
  await phone.getByRole("button", { name: "Save" }).click();
  await phone.getByRole("heading", { name }).waitFor();
  await pages[1].getByRole("table").getByText(name).first().waitFor();
  await frame(2_500);
}

await frame(1_500);
await renamed(after);
await phone.goto(`${address}/coaches/1/edit`, { waitUntil: "networkidle" });
await field.fill(before);
await phone.getByRole("button", { name: "Save" }).click();
await pages[1].getByRole("table").getByText(before).first().waitFor();
await browser.close();
writeFileSync(join(folder, "durations.json"), JSON.stringify(durations));
