import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, field, goOffline, lift, live, test } from "./fixtures";
import type { Gym } from "./gym";

interface Planned {
  id: number;
  name: string;
  sets: number | null;
  reps: string;
  rest: number | null;
  notes: string;
}

const cell = (page: Page, of: string, name: string) =>
  page.getByRole("textbox", { name: `${of} of ${name}`, exact: true });

/** A plan of the first moves of the gym, with what is to be done of each. */
async function makePlan(gym: Gym, name: string, ...prescriptions: object[]) {
  const moves = gym.all("exercise_moves");
  const exercise_moves = prescriptions.map((each, at) => ({ id: moves[at]?.id, ...each }));
  const plan = await gym.ask("new_workout_plan", {
    name,
    difficulty: "Beginner",
    description: "A plan for one test alone.",
    exercise_moves,
  });
  return { id: plan.id, moves: plan["exercise_moves"] as Planned[] };
}

/** What the server has of a plan's moves now. */
function planned(gym: Gym, id: number): Partial<Planned>[] {
  const record = gym.of("workout_plans", id).at(-1)?.record;
  return ((record?.["exercise_moves"] ?? []) as Planned[]).map(
    ({ name, sets, reps, rest, notes }) => ({
      name,
      sets,
      reps,
      rest,
      notes,
    }),
  );
}

/** The id of a plan that the page has made, once that is known. */
function made(gym: Gym, name: string): number {
  return gym.changes.find(({ record }) => record?.["name"] === name)?.id ?? 0;
}

test("a plan is prescribed by keyboard alone, from cell to cell", async ({ visit, gym }) => {
  const page = await visit("/plans/new");
  await field(page, "Name").fill("Typed Plan");
  await page.getByRole("combobox", { name: "Level" }).fill("Beginner");
  await field(page, "Description").fill("Made by a test, key by key.");
  const search = page.getByRole("textbox", { name: "Search moves to add" });
  const [first = "", second = ""] = gym.all("exercise_moves").map(({ name }) => String(name));
  for (const name of [first, second]) {
    await search.fill(name);
    await search.press("Enter");
    await expect(cell(page, "Sets", name)).toBeVisible();
  }
  await expect(search).toHaveValue("");
  await cell(page, "Sets", first).focus();
  for (const typed of ["5", "8-12", "1:30", "Slowly.", "3"]) {
    await page.keyboard.type(typed);
    await page.keyboard.press("Tab");
  }
  await expect(cell(page, "Reps", second)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(cell(page, "Reps", first)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cell(page, "Reps", second)).toBeFocused();
  await page.keyboard.type("AMRAP");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "Typed Plan" })).toBeVisible();
  await expect
    .poll(() => planned(gym, made(gym, "Typed Plan")))
    .toEqual([
      { name: first, sets: 5, reps: "8-12", rest: 90, notes: "Slowly." },
      { name: second, sets: 3, reps: "AMRAP", rest: null, notes: "" },
    ]);
  const row = page.getByRole("row", { name: first });
  await expect(row.getByRole("cell")).toHaveText(["5", "8-12", "90 s", "Slowly."]);
});

test("what cannot be prescribed is said at its cell, and is not sent", async ({ visit, gym }) => {
  const plan = await makePlan(gym, "Wrong Plan", { sets: 3 }, {});
  const page = await visit(`/plans/${plan.id}/edit`);
  const sets = cell(page, "Sets", plan.moves[0]?.name ?? "");
  await sets.fill("many");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(sets).toBeFocused();
  await expect(sets).toHaveAccessibleDescription("Sets: Must be a whole number.");
  expect(await findings(page)).toEqual([]);
  expect(gym.of("workout_plans", plan.id)).toHaveLength(1);
});

test("a move takes along what is to be done of it", async ({ visit, gym }) => {
  const plan = await makePlan(gym, "Order Plan", { sets: 1, notes: "One." }, { sets: 2 }, {});
  const names = plan.moves.map(({ name }) => name);
  const page = await visit(`/plans/${plan.id}/edit`);
  const grip = page.getByRole("button", { name: `Drag ${names[0]}` });
  await lift(page, grip);
  const said = page.getByRole("status").filter({ hasText: names[0] ?? "" });
  await expect(said).toContainText("place 1 of 3");
  await page.keyboard.press("ArrowDown");
  await expect(said).toContainText(`${names[0]} is at place 2 of 3.`);
  await page.keyboard.press("Space");
  await expect(said).toContainText(`${names[0]} is dropped at place 2 of 3.`);
  // dnd-kit gives the focus back in the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  // From the grip, the arrows lead to the other buttons of the row.
  await page.getByRole("button", { name: `Drag ${names[2]}` }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: `Move ${names[2]} up` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("toolbar", { name: `2. ${names[2]}` })).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Order Plan" })).toBeVisible();
  const none = { reps: "", rest: null, notes: "" };
  await expect
    .poll(() => planned(gym, plan.id))
    .toEqual([
      { ...none, name: names[1], sets: 2 },
      { ...none, name: names[2], sets: null },
      { ...none, name: names[0], sets: 1, notes: "One." },
    ]);
});

test("a plan is saved as old clients write it, and keeps its prescription", async ({
  visit,
  gym,
}) => {
  const plan = await makePlan(gym, "Old Plan", { sets: 4, reps: "6" }, { rest: 60 });
  const page = await visit(`/plans/${plan.id}`);
  const ids = plan.moves.map(({ id }) => ({ id }));
  await gym.ask("update_workout_plan", { id: plan.id, exercise_moves: ids.toReversed() });
  const row = page.getByRole("row").nth(2);
  await expect(row.getByRole("rowheader")).toContainText(plan.moves[0]?.name ?? "");
  await expect(row.getByRole("cell")).toHaveText(["4", "6", ""]);
});

test("where two people prescribe something else, one of them decides", async ({ visit, gym }) => {
  const plan = await makePlan(gym, "Both Plan", { sets: 3, reps: "5" }, { sets: 2 });
  const [first, second] = plan.moves;
  const page = await visit(`/plans/${plan.id}/edit`);
  await cell(page, "Sets", first?.name ?? "").fill("4");
  const exercise_moves = [
    { id: first?.id, sets: 5, reps: "5" },
    { id: second?.id, sets: 2 },
  ];
  await gym.ask("update_workout_plan", { id: plan.id, exercise_moves });
  await expect(page.getByText("You both changed Moves.")).toBeVisible();
  const theirs = page.getByRole("button", { name: "Theirs" });
  await expect(theirs).toHaveText(`Theirs: 1. ${first?.name} (5 × 5)`);
  await expect(page.getByRole("button", { name: "Mine" })).toHaveText(
    `Mine: 1. ${first?.name} (4 × 5)`,
  );
  await theirs.click();
  await expect(cell(page, "Sets", first?.name ?? "")).toHaveValue("5");
});

test("a prescription typed without a connection is sent when it is back", async ({
  visit,
  gym,
}) => {
  const plan = await makePlan(gym, "Offline Plan", { sets: 3 });
  const name = plan.moves[0]?.name ?? "";
  const page = await visit(`/plans/${plan.id}`);
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(cell(page, "Reps", name)).toBeVisible();
  await goOffline(page);
  await cell(page, "Reps", name).fill("20");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name }).getByRole("cell")).toHaveText(["3", "20"]);
  await page.context().setOffline(false);
  await live(page);
  await expect.poll(() => planned(gym, plan.id)[0]).toMatchObject({ sets: 3, reps: "20" });
});

test("the history says which prescription was changed, and takes it back", async ({
  visit,
  gym,
}) => {
  const plan = await makePlan(gym, "Past Plan", { sets: 3 }, { sets: 2 });
  const [first, second] = plan.moves;
  const exercise_moves = [{ id: first?.id }, { id: second?.id, sets: 9 }];
  await gym.ask("update_workout_plan", { id: plan.id, exercise_moves });
  const page = await visit(`/plans/${plan.id}`);
  const history = page.getByRole("region", { name: "History" });
  await expect(history.getByRole("deletion").first()).toHaveText(`2. ${second?.name} (2 sets)`);
  await expect(history.getByRole("insertion").first()).toHaveText(`2. ${second?.name} (9 sets)`);
  await history.getByRole("button", { name: /^Undo/ }).first().click();
  await expect.poll(() => planned(gym, plan.id).map(({ sets }) => sets)).toEqual([3, 2]);
});

test("a plan is duplicated with all that it says, and that is undone", async ({ visit, gym }) => {
  const plan = await makePlan(
    gym,
    "Twin Plan",
    { sets: 3, reps: "8", notes: "Twice." },
    { rest: 5 },
  );
  const page = await visit(`/plans/${plan.id}`);
  const more = page.getByRole("button", { name: "More" });
  await more.click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { name: "Copy of Twin Plan" })).toBeVisible();
  await expect
    .poll(() => planned(gym, made(gym, "Copy of Twin Plan")))
    .toEqual(planned(gym, plan.id));
  await more.click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { name: "Copy 2 of Twin Plan" })).toBeVisible();
  const said = page.getByRole("alert").filter({ hasText: "Copy of Twin Plan was added" });
  await said.getByRole("button", { name: "Undo" }).click();
  const changes = (name: string) =>
    gym.of("workout_plans", made(gym, name)).map(({ type }) => type);
  await expect.poll(() => changes("Copy of Twin Plan")).toEqual(["put", "del"]);
  expect(gym.of("workout_plans", plan.id)).toHaveLength(1);
});
