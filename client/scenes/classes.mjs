// What opens over the timetable, a gym with nothing in it, and what is printed.
import { dateAfter } from "./servers.mjs";
import { button, few, opened, ownClass, sendEmpty } from "./steps.mjs";

const THURSDAY = dateAfter(1);
const now = true;

export const classes = [
  { name: "class", now, path: "/classes/32", show: ({ page }) => opened(page), below: true },
  {
    name: "class-edited-by-another-too",
    now,
    path: "/classes/1",
    show: ({ page }) => page.getByText("editing this too").waitFor(),
  },
  { name: "class-gone", now, path: "/classes/999999", show: ({ page }) => opened(page) },
  {
    name: "new-class",
    now,
    path: "/classes/new?day=Monday&hour=900",
    show: ({ page }) => opened(page),
    below: true,
  },
  {
    name: "new-class-wrong",
    now,
    path: "/classes/new?day=Monday&hour=900",
    show: sendEmpty("Add class"),
  },
  {
    name: "new-class-list-of-coaches",
    anew: true,
    now,
    path: "/classes/new?day=Monday&hour=900",
    show: async ({ page }) => {
      await (await opened(page)).getByRole("combobox", { name: "Coach" }).fill("Chl");
      await page.getByRole("option", { name: "Chloé Marchand" }).last().waitFor();
    },
  },
  {
    name: "new-class-several-with-overlaps",
    anew: true,
    now,
    path: "/classes/new?copy=15",
    show: async ({ page }) => {
      const form = await opened(page);
      for (const day of ["Monday", "Tuesday"])
        await form.getByRole("checkbox", { name: day }).check();
      await form.getByRole("button", { name: "Add a time" }).click();
      await form.getByLabel("Time 2").fill("18:30");
      await page.getByText("At the same time").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "new-class-new-plan-in-place",
    now,
    path: "/classes/new?day=Monday&hour=900",
    below: true,
    show: async ({ page }) => {
      await (
        await opened(page)
      )
        .getByRole("combobox", { name: "Workout plan" })
        .fill("Boxing Basics");
      await page.getByRole("option", { name: /^New/ }).click();
      await page.getByRole("dialog", { name: "New workout plan" }).locator(":focus").waitFor();
    },
  },
  {
    name: "new-class-new-coach-in-place",
    now,
    path: "/classes/new?day=Monday&hour=900",
    show: async ({ page }) => {
      await (await opened(page)).getByRole("combobox", { name: "Coach" }).fill("Anouk Petit");
      await page.getByRole("option", { name: /^New/ }).click();
      await page.getByRole("dialog", { name: "New coach" }).locator(":focus").waitFor();
    },
  },
  {
    name: "only-on-a-date",
    now,
    path: `/classes/29/${THURSDAY}`,
    show: ({ page }) => opened(page),
    below: true,
  },
  {
    name: "only-on-a-date-by-another",
    now,
    path: `/classes/29/${THURSDAY}`,
    below: true,
    show: async ({ page }) =>
      (await opened(page)).getByRole("radio", { name: "Given by somebody else" }).check(),
  },
  {
    name: "only-on-a-date-as-saved",
    now,
    path: `/classes/32/${THURSDAY}`,
    show: ({ page }) => opened(page),
  },
  {
    name: "only-on-a-wrong-date",
    now,
    path: `/classes/32/${dateAfter(2)}`,
    show: ({ page }) => opened(page),
  },
  { name: "day", now, path: `/days/${THURSDAY}`, show: ({ page }) => opened(page), below: true },
  { name: "day-closed", now, path: `/days/${dateAfter(18)}`, show: ({ page }) => opened(page) },
  { name: "day-that-is-none", now, path: "/days/2026-02-31", show: ({ page }) => opened(page) },
  {
    name: "class-deleted-with-undo",
    anew: true,
    now,
    path: async ({ gym }) => `/classes/${(await ownClass(gym, "Endurance")).id}?day=Monday`,
    show: async ({ page }) => {
      await opened(page);
      await button(page, "Delete this class").click();
      await page.getByText("was deleted").waitFor();
    },
  },
  {
    name: "class-saved-on-another-time",
    anew: true,
    now,
    path: async ({ gym }) => `/classes/${(await ownClass(gym, "Endurance")).id}?day=Monday`,
    show: async ({ page }) => {
      const form = await opened(page);
      await form.getByLabel("Time").fill("18:30");
      await form.getByRole("combobox", { name: "Coach" }).fill("Tom");
      await page.getByRole("listbox").getByRole("option").first().click();
      await form.getByRole("button", { name: "Save" }).click();
      await page.getByRole("region", { name: "Messages" }).getByRole("alert").waitFor();
    },
  },
  { name: "timetable-of-long-words", now, path: longWords },
  {
    name: "class-of-long-words",
    now,
    path: async (stage) => `/classes/${(await longClass(stage)).id}`,
    show: ({ page }) => opened(page),
    below: true,
  },
  {
    name: "timetable-not-loaded-yet",
    unconnected: true,
    before: ({ page }) => page.routeWebSocket(/socket\.io/, () => {}),
  },
  {
    name: "timetable-no-live-connection",
    unconnected: true,
    before: ({ page }) => page.routeWebSocket(/socket\.io/, (socket) => socket.close()),
    show: ({ page }) => page.getByText("although the server can be reached").waitFor({ timeout: 40_000 }),
  },
  { name: "empty-gym", on: "empty", below: true },
  {
    name: "empty-gym-first-step-done",
    on: "empty",
    path: async ({ gym }) => {
      await gym.ask("new_coach", { name: "Maya Lindqvist", age: 34 });
      return "/";
    },
    below: true,
  },
  { name: "empty-gym-coaches", at: few, on: "empty", path: "/coaches" },
  { name: "empty-gym-plans", at: few, on: "empty", path: "/plans" },
  { name: "empty-gym-moves", at: few, on: "empty", path: "/moves" },
  { name: "empty-gym-new-plan", on: "empty", path: "/plans/new", below: true },
  { name: "empty-gym-changes", at: few, on: "empty", path: "/changes" },
  { name: "german-timetable", at: few, now, locale: "de-DE", below: true },
  {
    name: "german-class",
    at: few,
    now,
    locale: "de-DE",
    path: "/classes/32",
    show: ({ page }) => opened(page),
    below: true,
  },
  {
    name: "german-new-class-wrong",
    at: few,
    now,
    locale: "de-DE",
    path: "/classes/new?day=Monday&hour=900",
    show: sendEmpty(/hinzufügen|anlegen/),
  },
  {
    name: "german-only-on-a-date",
    at: few,
    now,
    locale: "de-DE",
    path: `/classes/29/${THURSDAY}`,
    show: ({ page }) => opened(page),
  },
  { name: "german-empty-gym", at: few, on: "empty", locale: "de-DE" },
  { name: "print-week", now, paper: "A4 lying", at: (width) => width === 1440 || width === 390 },
  {
    name: "print-week-filtered",
    now,
    path: "/?coach=9",
    paper: "A4 lying",
    at: (width) => width === 1440,
  },
  {
    name: "print-plan",
    path: "/plans/3",
    paper: "A4",
    at: (width) => width === 1440 || width === 390,
  },
];

async function longClass({ gym }) {
  const { ask } = gym;
  const word = "Oberkörperkraftausdauerzirkeltraining";
  const coach = await ask("new_coach", {
    name: "Alexandra Wolfeschlegelsteinhausenberger",
    age: 30,
  });
  const { records } = await ask("list_exercise_moves", { limit: 2 });
  const exercise_moves = records.map(({ id }) => ({
    id,
    notes: "https://video.example/KettlebellKettlebellKettlebellKettlebell",
  }));
  const plan = await ask("new_workout_plan", {
    name: word,
    difficulty: "Intermediate",
    description: "An hour of all that counts.",
    exercise_moves,
  });
  return ask("new_schedule", {
    day: "Wednesday",
    hour: "1800",
    room: "Gymnastikraum im Untergeschoss",
    coach,
    workout_plan: plan,
  });
}

async function longWords(stage) {
  await longClass(stage);
  return "/?day=Wednesday";
}
