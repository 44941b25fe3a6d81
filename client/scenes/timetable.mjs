// The timetable, and what opens over it.
import { dateAfter } from "./servers.mjs";
import { button, few, opened, ownClass } from "./steps.mjs";

const now = true;
const wide = (width) => width > 767;
const narrow = (width) => width <= 767;
const aClass = (page, name) => page.locator("[data-class]").filter({ hasText: name }).first();
const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + Math.min(height / 2, 30)];
};

async function select({ page }) {
  await button(page, "Select").click();
  for (const name of ["Push Day", "HIIT Express"])
    await page
      .getByRole("checkbox", { name: new RegExp(`^${name}`) })
      .first()
      .press("Space");
}

const ofSelected = (name) => async (stage) => {
  await select(stage);
  const bar = stage.page.getByRole("region", { name: "Selected classes" });
  await bar.waitFor();
  const shown = bar.getByRole("button", { name });
  // A phone has room for two of them.
  if (await shown.isVisible()) await shown.click();
  else {
    await bar.getByRole("button", { name: "More" }).click();
    await stage.page.getByRole("menuitem", { name }).click();
  }
  await opened(stage.page);
};

/** Holds a class over another place. */
async function drag({ page, touch }) {
  const card = aClass(page, "Kettlebell Flow");
  await card.evaluate((each) => each.scrollIntoView({ block: "center" }));
  const [x, y] = await middle(card);
  if (!touch) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 10, y + 10, { steps: 4 });
    await page.mouse.move(x + 40, y - 130, { steps: 8 });
    return;
  }
  const cdp = await page.context().newCDPSession(page);
  const send = (type, at) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints: [at] });
  await send("touchStart", { x, y });
  await page.locator("[data-dragging]").waitFor();
  await send("touchMove", { x, y: y - 20 });
  await send("touchMove", { x, y: y - 130 });
}

async function menu({ page }, name) {
  await aClass(page, name).hover();
  await page
    .getByRole("button", { name: new RegExp(`^More for ${name}`) })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Delete" }).waitFor();
}

/** What is different on a date of a class that has moved since. */
async function orphans({ gym }) {
  const made = await ownClass(gym, "Endurance", "Wednesday", "1330");
  await gym.ask("new_exception", {
    date: dateAfter(7),
    schedule: { id: made.id },
    note: "Bring a towel.",
  });
  await gym.ask("update_schedule", { id: made.id, day: "Friday" });
  return "/?day=Friday";
}

export const timetable = [
  {
    name: "timetable-now-and-next",
    now,
    anew: true,
    show: async ({ page }) => {
      // It opens at now by itself first.
      await page.waitForTimeout(700);
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  { name: "timetable-as-it-opens", anew: true, now, below: true },
  { name: "timetable-a-day-overlapping", now, path: "/?day=Thursday", at: narrow, below: true },
  { name: "timetable-classes-that-overlap", now, path: "/?coach=9", below: true },
  { name: "timetable-a-class-off", now, path: "/?day=Wednesday&plan=11" },
  { name: "timetable-a-day-closed", now, path: () => `/?week=${isoWeek(18)}&day=Sunday` },
  { name: "timetable-filtered", at: few, now, path: "/?plan=5&difficulty=Advanced&day=Tuesday" },
  { name: "timetable-nothing-fits", now, path: "/?coach=8&plan=9&day=Tuesday" },
  {
    name: "timetable-empty-hours-open",
    now,
    path: "/?day=Tuesday",
    show: async ({ page }) => button(page, /: no classes$/).click(),
  },
  {
    name: "timetable-left-over-changes",
    now,
    path: orphans,
  },
  { name: "timetable-table-menu", anew: true, now, show: ({ page }) => button(page, "More").click() },
  {
    name: "timetable-class-menu",
    anew: true,
    now,
    path: "/?day=Monday",
    at: wide,
    mouse: true,
    show: (stage) => menu(stage, "First Steps"),
  },
  {
    name: "timetable-class-menu-copy-to",
    anew: true,
    now,
    path: "/?day=Monday",
    at: wide,
    mouse: true,
    show: async (stage) => {
      await menu(stage, "First Steps");
      await stage.page.getByRole("menuitem", { name: "Copy to" }).press("ArrowRight");
      await stage.page.getByRole("menuitem", { name: "All other days" }).waitFor();
    },
  },
  { name: "timetable-class-held", anew: true, now, path: "/?day=Monday", show: drag },
  { name: "timetable-selecting", now, path: "/?day=Monday", show: select },
  { name: "selected-move", anew: true, now, path: "/?day=Monday", show: ofSelected("Move"), below: true },
  { name: "selected-copy", anew: true, now, path: "/?day=Monday", show: ofSelected("Copy"), below: true },
  { name: "selected-give-to", anew: true, now, path: "/?day=Monday", show: ofSelected("Give to") },
  { name: "selected-delete", anew: true, now, path: "/?day=Monday", show: ofSelected("Delete") },
];

function isoWeek(days) {
  const date = new Date(`${dateAfter(days)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((date - first) / 86_400_000 + 1) / 7);
  return `${date.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}
