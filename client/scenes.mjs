// Pictures of every page, dialog, menu and state at five widths in both schemes, for people who look at them one by one:
// `node scenes.mjs <folder> <part of names> <widths> <schemes>`, of servers that are running (scenes/servers.mjs says which).
import { chromium } from "@playwright/test";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accounts } from "./scenes/accounts.mjs";
import { around } from "./scenes/around.mjs";
import { classes } from "./scenes/classes.mjs";
import { imports } from "./scenes/imports.mjs";
import { records } from "./scenes/records.mjs";
import { prepare, serverOf } from "./scenes/servers.mjs";
import { timetable } from "./scenes/timetable.mjs";

const [folder = "scenes-taken", part = "", asked = "", inSchemes = ""] = process.argv.slice(2);
const widths = (asked || "1440,1024,820,390,320").split(",").map(Number);
const schemes = (inSchemes || "light,dark").split(",");
const heights = { 1440: 900, 1024: 768, 820: 1180, 390: 844, 320: 568 };
/** Up to this width a finger presses. */
const TOUCH = 820;
const PHONE = 767;

const scenes = [...timetable, ...classes, ...records, ...imports, ...around, ...accounts].map(
  (scene, at) => ({
    ...scene,
    name: `${String(at + 1).padStart(3, "0")}-${scene.name}`,
  }),
);
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "scenes.txt"),
  scenes
    .map(({ name, path = "/" }) => `${name}  ${typeof path === "string" ? path : ""}`.trim() + "\n")
    .join(""),
);

await prepare();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Fields of dates are the browser's own, in its own language.
  args: ["--lang=en-GB", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});
const contexts = new Map();
let failures = 0;
for (const scene of scenes.filter(({ name }) => new RegExp(part).test(name))) {
  const server = await serverOf(scene.on ?? "open");
  for (const group of groupsOf(scene)) {
    try {
      await take(scene, group, server);
    } catch (error) {
      failures += 1;
      const said = String(error.message).split("\n").slice(0, 4).join(" | ");
      const line = `${scene.name} at ${group.join()}: ${said}\n`;
      process.stderr.write(line);
      appendFileSync(join(folder, "failed.txt"), line);
    } finally {
      await server.tidy();
    }
  }
}
await browser.close();
process.exit(failures > 0 ? 1 : 0);

/** The widths at which the scene is taken, those together for which one page does: it follows the width of its window. */
function groupsOf(scene) {
  const all = widths.filter((width) => scene.at?.(width) ?? true);
  if (scene.anew) return all.map((width) => [width]);
  const groups = [false, true].map((touch) => all.filter((each) => isTouch(scene, each) === touch));
  return groups.filter((group) => group.length > 0);
}

/** Brings a page of its own into the state of the scene, and takes it, with what is below if that is asked for. */
async function take(scene, group, server) {
  const [first] = group;
  const context = await contextOf(scene, first, server);
  const page = await context.newPage();
  try {
    page.setDefaultTimeout(20_000);
    await page.setViewportSize(sizeOf(first));
    // The clock of the device counts, and is not put right by the server.
    if (scene.now) await page.route("**/healthz", (route) => route.abort());
    await scene.before?.({ page });
    const stage = { page, gym: server.gym, touch: isTouch(scene, first) };
    const path = typeof scene.path === "function" ? await scene.path(stage) : (scene.path ?? "/");
    await page.goto(path);
    if (!scene.unconnected) await page.locator("[data-status='live']").waitFor();
    await scene.show?.(stage);
    await settle(page);
    if (scene.paper) await layOut(page, scene.paper);
    for (const width of group) {
      if (width !== first) await page.setViewportSize(sizeOf(width));
      await settle(page);
      await picture(page, scene, width, "");
      if (!scene.below) continue;
      await page.evaluate(scrollAll, true);
      await settle(page);
      await picture(page, scene, width, "-below");
      await page.evaluate(scrollAll, false);
    }
  } finally {
    await context.setOffline(false);
    await page.evaluate(forget).catch(() => {});
    await page.close();
    if (scene.as || scene.alone) await context.close();
  }
}

function sizeOf(width) {
  return { width, height: heights[width] ?? 900 };
}

function isTouch({ mouse = false }, width) {
  return width <= TOUCH && !mouse;
}

/** A browser of somebody's own; who has not signed in has the same again, which is a second faster. */
async function contextOf(scene, width, server) {
  const touch = isTouch(scene, width);
  const look = {
    baseURL: server.url,
    viewport: sizeOf(width),
    hasTouch: touch,
    isMobile: touch,
    reducedMotion: "reduce",
    colorScheme: schemes[0],
    locale: scene.locale ?? "en-GB",
    timezoneId: "UTC",
    ...(scene.as ? { storageState: await server.signedIn(scene.as) } : {}),
  };
  const key = JSON.stringify([look, scene.now ?? false]);
  const own = scene.as || scene.alone;
  const kept = own ? undefined : contexts.get(key);
  if (kept) return kept;
  const context = await browser.newContext(look);
  if (scene.now) await context.clock.install({ time: server.now });
  if (!own) contexts.set(key, context);
  return context;
}

/** What was typed or queued is gone, so that it is not offered again. */
async function forget() {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
}

async function picture(page, { name, whole = false }, width, suffix) {
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.evaluate(
      () => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 60))),
    );
    const into = join(folder, scheme, String(width));
    mkdirSync(into, { recursive: true });
    await page.screenshot({
      path: join(into, `${name}${suffix}.png`),
      fullPage: whole,
      animations: "disabled",
    });
  }
}

/** As it is on paper, at 96 dots an inch. */
async function layOut(page, paper) {
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const [short, long] = [794, 1123];
  const lying = paper.endsWith("lying");
  await page.setViewportSize({ width: lying ? long : short, height: lying ? short : long });
}

/** Until nothing is loaded any more. */
async function settle(page) {
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page
    .waitForFunction(() => !document.querySelector("[aria-busy='true']"), null, { timeout: 1_500 })
    .catch(() => {});
  await page.waitForTimeout(200);
}

/** Scrolls what is on top to its end or beginning, all that scrolls in it. */
function scrollAll(toEnd) {
  const dialog = Array.from(document.querySelectorAll("[aria-modal=true]")).at(-1);
  for (const each of [dialog, ...(dialog?.querySelectorAll("*") ?? [])]) {
    if (each && each.scrollHeight > each.clientHeight + 4)
      each.scrollTop = toEnd ? each.scrollHeight : 0;
  }
  if (!dialog) window.scrollTo(0, toEnd ? document.documentElement.scrollHeight : 0);
}
