// Coaches, plans and moves: their lists, pages and forms, and what happens to them.
import { button, few, field, offline, open, sendEmpty } from "./steps.mjs";

const message = (page) =>
  page.getByRole("region", { name: "Messages" }).getByRole("alert").first().waitFor();

/** A form in which somebody has typed an age while another saves one. */
const conflict =
  (theirs) =>
  async ({ page, gym }) => {
    await field(page, "Name").fill("Nora Quist-Berg");
    await field(page, "Age").fill("50");
    const id = Number(page.url().match(/coaches\/(\d+)/)[1]);
    await theirs(gym, id);
    await page
      .getByText(/changed this while|deleted this meanwhile/)
      .first()
      .waitFor();
  };
const ownCoach = async ({ gym }) =>
  `/coaches/${(await gym.ask("new_coach", { name: "Nora Quist", age: 30 })).id}`;
const toEdit = async (stage) => `${await ownCoach(stage)}/edit`;
const refused = ({ page }) =>
  button(page, "Delete")
    .click()
    .then(() => page.getByText("was not deleted").waitFor());

async function saveAge(page, age) {
  await field(page, "Age").fill(age);
  await button(page, "Save").click();
}

async function deleted({ gym }) {
  const { id } = await gym.ask("new_coach", { name: "Nora Quist", age: 30 });
  await gym.ask("delete_coach", id);
  return `/coaches/${id}`;
}

export const records = [
  { name: "coaches", path: "/coaches", below: true },
  {
    name: "coaches-table-menu",
    anew: true,
    path: "/coaches",
    show: ({ page }) => button(page, "Spreadsheet").click(),
  },
  { name: "coaches-nothing-found", at: few, path: "/coaches?q=xyz" },
  { name: "coach", path: "/coaches/4", below: true },
  { name: "coach-new", path: "/coaches/new", below: true },
  { name: "coach-new-wrong", path: "/coaches/new", show: sendEmpty("Add coach") },
  { name: "coach-edit", path: "/coaches/1/edit", below: true },
  {
    name: "coach-give-classes",
    path: "/coaches/9",
    show: ({ page }) => open(page, "Give classes to…"),
    below: true,
  },
  {
    name: "coach-give-classes-between-dates",
    path: "/coaches/9",
    below: true,
    show: async ({ page }) =>
      (await open(page, "Give classes to…")).getByText("Between two dates").click(),
  },
  { name: "coach-calendar", path: "/coaches/9", show: ({ page }) => open(page, "Calendar") },
  { name: "coach-not-deleted", path: "/coaches/9", show: refused },
  { name: "coach-deleted", path: deleted },
  { name: "coach-never-there", path: "/coaches/999999" },
  {
    name: "coach-deleted-with-undo",
    path: ownCoach,
    show: async ({ page }) => {
      await button(page, "Delete").click();
      await message(page);
    },
  },
  {
    name: "conflict-of-one-field",
    path: toEdit,
    show: conflict((gym, id) => gym.ask("update_coach", { id, age: 41 })),
    below: true,
  },
  {
    name: "conflict-merged",
    path: toEdit,
    show: async ({ page, gym }) => {
      await field(page, "Name").fill("Nora Quist-Berg");
      await gym.ask("update_coach", { id: Number(page.url().match(/coaches\/(\d+)/)[1]), age: 41 });
      await page.getByText("What you typed is kept").waitFor();
    },
  },
  {
    name: "conflict-deleted",
    path: toEdit,
    show: conflict((gym, id) => gym.ask("delete_coach", id)),
  },
  {
    name: "draft-typed-before",
    alone: true,
    path: toEdit,
    show: async ({ page }) => {
      await field(page, "Name").fill("Nora Quist-Berg");
      await field(page, "Password").fill("not to be kept");
      await page.waitForTimeout(800);
      await page.reload();
      await page.getByText("This is what you had typed before").waitFor();
    },
  },
  { name: "offline-form", alone: true, path: toEdit, show: ({ page }) => offline(page) },
  {
    name: "offline-saved-on-device",
    alone: true,
    path: toEdit,
    show: async ({ page }) => {
      await offline(page);
      await saveAge(page, "31");
      await page.getByText("kept on this device").waitFor();
    },
  },
  {
    name: "offline-your-edits",
    alone: true,
    path: toEdit,
    show: async ({ page }) => {
      await offline(page);
      await saveAge(page, "31");
      await open(page, /1 unsent/);
    },
  },
  {
    name: "your-edits-to-check",
    alone: true,
    path: toEdit,
    show: async ({ page, gym }) => {
      await offline(page);
      await saveAge(page, "50");
      await gym.ask("update_coach", { id: Number(page.url().match(/coaches\/(\d+)/)[1]), age: 40 });
      await page.context().setOffline(false);
      await open(page, /1 to check/);
      await page.getByText("changed this meanwhile").waitFor();
    },
  },
  { name: "plans", path: "/plans", below: true },
  { name: "plans-filtered", at: few, path: "/plans?difficulty=Advanced&q=core" },
  { name: "plan", path: "/plans/2", below: true },
  {
    name: "plan-menu",
    // A menu closes when its window turns.
    anew: true,
    path: "/plans/2",
    show: ({ page }) => button(page, "More").click(),
  },
  {
    name: "plan-duplicated",
    path: "/plans/3",
    show: async ({ page }) => {
      await button(page, "More").click();
      await page.getByRole("menuitem", { name: "Duplicate" }).click();
      await page
        .getByText(/^Copy of .* was added/)
        .first()
        .waitFor();
    },
  },
  { name: "plan-new", path: "/plans/new", below: true },
  { name: "plan-new-wrong", path: "/plans/new", show: sendEmpty("Add plan"), below: true },
  { name: "plan-edit", path: "/plans/3/edit", below: true },
  {
    name: "plan-edit-wrong-cells",
    anew: true,
    path: "/plans/3/edit",
    show: async ({ page }) => {
      await page
        .getByRole("textbox", { name: /^Sets of/ })
        .first()
        .fill("many");
      await page
        .getByRole("textbox", { name: /^Rest, seconds of|^Rest/ })
        .first()
        .fill("long");
      await button(page, "Save").click();
      await page.locator("[aria-invalid='true']").first().waitFor();
    },
  },
  {
    name: "plan-edit-search",
    anew: true,
    path: "/plans/3/edit",
    show: async ({ page }) => {
      await page.getByPlaceholder("Search moves").fill("press");
      await page.getByRole("button", { name: "Add Leg Press" }).scrollIntoViewIfNeeded();
    },
  },
  { name: "plan-not-deleted", at: few, path: "/plans/5", show: refused },
  { name: "moves", path: "/moves", below: true },
  { name: "moves-filtered", at: few, path: "/moves?q=squat" },
  { name: "move", path: "/moves/1", below: true },
  {
    name: "move-with-video",
    path: async ({ gym }) => {
      const made = await gym.ask("new_exercise_move", {
        name: "Turkish Get-up",
        focus: "Full body",
        description: "Lie down, press the bell up, and stand up with it overhead.",
        video_link: "https://www.youtube.com/watch?v=0bWRPC49-KI",
      });
      return `/moves/${made.id}`;
    },
  },
  { name: "move-new", path: "/moves/new" },
  { name: "move-new-wrong", path: "/moves/new", show: sendEmpty("Add move") },
  { name: "move-edit", path: "/moves/1/edit" },
  { name: "move-not-deleted", at: few, path: "/moves/1", show: refused },
  { name: "german-coaches", at: few, path: "/coaches", locale: "de-DE" },
  { name: "german-coach", at: few, path: "/coaches/4", locale: "de-DE", below: true },
  { name: "german-plans", at: few, path: "/plans", locale: "de-DE" },
  { name: "german-plan-edit", at: few, path: "/plans/3/edit", locale: "de-DE" },
  {
    name: "german-coach-not-deleted",
    at: few,
    path: "/coaches/9",
    locale: "de-DE",
    show: ({ page }) =>
      button(page, "Löschen")
        .click()
        .then(() => page.getByRole("alert").first().waitFor()),
  },
];
