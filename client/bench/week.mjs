// What a browser does with a week of many classes: `node bench/week.mjs <address>` prints how many elements the page
// has at most, and its longest task at load, while one scrolls, and while one filters. A task is measured by the time
// that it has a processor, which is what it takes on a machine that does nothing else; `waited` is by the clock.
import { chromium } from "@playwright/test";

const [address = "http://localhost:5555"] = process.argv.slice(2);
/** How far the wheel turns at a step, in pixels, and how often each way. */
const STEP = 400;
const STEPS = 30;
/** In milliseconds. */
const LONGEST_REST = 500;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
let elements = 0;
let waited = 0;

/**
 * Lets the page come to rest: two frames, and then a moment in which nothing else wants to run. On a busy machine there
 * may be none for long, at each of a hundred steps.
 */
async function rest() {
  const count = await page.evaluate(
    (timeout) =>
      new Promise((done) => {
        const counted = () => done(document.querySelectorAll("*").length);
        const idle = () => requestIdleCallback(counted, { timeout });
        requestAnimationFrame(() => requestAnimationFrame(idle));
      }),
    LONGEST_REST,
  );
  elements = Math.max(elements, count);
}

/** The longest task of the page's main thread while it is used, in milliseconds. */
async function longest(use) {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
  await use();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const isMain = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const main = new Set(traceEvents.filter(isMain).map(thread));
  const tasks = traceEvents.filter(
    (each) => each.name === "RunTask" && each.ph === "X" && main.has(thread(each)),
  );
  if (tasks.length === 0) throw new Error("the trace has no task of the page");
  waited = Math.max(waited, ...tasks.map(({ dur }) => dur / 1000));
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

async function load() {
  await page.goto(address);
  await page.locator("[data-status='live']").waitFor();
  await page.locator("[data-class]").first().waitFor();
  await rest();
}

async function scroll() {
  await page.mouse.move(700, 600);
  for (const step of [STEP, -STEP]) {
    for (let at = 0; at < STEPS; at += 1) {
      await page.mouse.wheel(0, step);
      await rest();
    }
  }
}

/** By a coach, then by a level too, and all again. */
async function filter() {
  for (const [label, index] of [
    ["Coach", 3],
    ["Difficulty", 1],
    ["Coach", 0],
    ["Difficulty", 0],
  ]) {
    await page.getByLabel(label, { exact: true }).selectOption({ index });
    await rest();
  }
}

const tasks = [];
for (const use of [load, scroll, filter]) {
  // Where it was, if it is ended from outside.
  console.error(use.name);
  tasks.push(Math.round(await longest(use)));
}
const classes = await page.locator("[data-class]").count();
await browser.close();
console.log(JSON.stringify({ classes, elements, tasks, waited: Math.round(waited) }));
