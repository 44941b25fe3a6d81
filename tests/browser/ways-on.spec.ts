/** Where something cannot be done, or is not there: what is so, and the way on. */
import { expect, go, signIn, test } from "./fixtures";

test("a refused deletion names what blocks it and leads there, of every kind", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Blocks It", "Monday", "600");
  const { coach, workout_plan: plan } = slot as never as Record<string, { id: number }>;
  const move = await gym.ask("new_exercise_move", {
    name: "Blocked Move",
    focus: "Legs",
    description: "A move for one test alone.",
  });
  const using = await gym.ask("new_workout_plan", {
    name: "Uses The Move",
    difficulty: "Beginner",
    description: "A plan for one test alone.",
    exercise_moves: [{ id: move.id }],
  });
  const page = await visit();
  for (const [path, name, link, to] of [
    [`/coaches/${coach?.id}`, "Blocks It Coach", /Monday.*Blocks It/, `/classes/${slot.id}`],
    [`/plans/${plan?.id}`, "Blocks It", /Monday.*Blocks It/, `/classes/${slot.id}`],
    [`/moves/${move.id}`, "Blocked Move", "Uses The Move", `/plans/${using.id}`],
  ] as const) {
    await go(page, path);
    await expect(page.getByRole("heading", { name, level: 1, exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const said = page.getByRole("alert").filter({ hasText: `${name} was not deleted.` });
    await said.getByRole("link", { name: link }).click();
    await expect(page).toHaveURL(to);
    await said.getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
});

test("a refused deletion says how many it does not name", async ({ visit, gym }) => {
  const { coach, workout_plan } = await gym.class("Seventh", "Monday", "100");
  for (const hour of ["200", "300", "400", "500", "600", "700"])
    await gym.ask("new_schedule", { day: "Monday", hour, coach, workout_plan });
  const page = await visit(`/coaches/${(coach as { id: number }).id}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const said = page.getByRole("alert").filter({ hasText: "7 classes need this coach" });
  await expect(said.getByRole("listitem")).toHaveCount(6);
  await expect(said.getByRole("listitem").last()).toHaveText("and 2 more");
  // The coach is there again, and so is what leads on.
  await expect(
    page.getByRole("main").getByRole("button", { name: "Give classes to…" }),
  ).toBeVisible();
  await said.getByRole("link", { name: "and 2 more" }).click();
  await expect(page).toHaveURL(`/?coach=${(coach as { id: number }).id}`);
  await said.getByRole("button", { name: "Give classes to…" }).click();
  await expect(said).toHaveCount(0);
  const drawer = page.getByRole("dialog", { name: "Give classes of Seventh Coach" });
  await expect(drawer.getByText("To whom", { exact: true })).toBeVisible();
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page).toHaveURL(`/coaches/${(coach as { id: number }).id}`);
});

test("a record that is gone says so and leads to what it was, of every kind", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Gone Class", "Monday", "600");
  const { coach, workout_plan: plan } = slot as never as Record<string, { id: number }>;
  const move = await gym.ask("new_exercise_move", {
    name: "Gone Move",
    focus: "Legs",
    description: "A move for one test alone.",
  });
  await gym.ask("delete_schedule", slot.id);
  await gym.ask("delete_workout_plan", plan?.id);
  await gym.ask("delete_coach", coach?.id);
  await gym.ask("delete_exercise_move", move.id);
  const page = await visit();
  for (const [path, channel, id] of [
    ["/classes", "schedules", slot.id],
    ["/coaches", "coaches", coach?.id],
    ["/plans", "workout_plans", plan?.id],
    ["/moves", "exercise_moves", move.id],
  ] as const) {
    await go(page, `${path}/${id}`);
    await expect(page.getByText("does not exist")).toBeVisible();
    await page.getByRole("link", { name: /restore/ }).click();
    await expect(page).toHaveURL(`/changes?of=${channel}&record=${id}`);
    await expect(page.getByRole("button", { name: "Restore" }).first()).toBeVisible();
  }
});

test("a coach and the account of that coach lead to each other, for admins", async ({
  page,
  gym,
}) => {
  const username = `lena.${Date.now()}`;
  const coach = await gym.coach("Lena Linked", { username, password: "long enough" });
  await page.goto(`/coaches/${coach.id}`);
  await expect(page.getByText(`@${username}`)).toBeVisible();
  await expect(page.getByRole("link", { name: `@${username}` })).toHaveCount(0);
  await signIn(page, "admin", "spotter-demo");
  await expect(page.getByText("Signed in as admin")).toBeVisible();
  await go(page, `/coaches/${coach.id}`);
  await page.getByRole("link", { name: `@${username}` }).click();
  const row = page.getByRole("row", { name: username });
  await expect(row).toBeInViewport();
  await expect(row).toContainText("Coach");
  await row.getByRole("link", { name: "Lena Linked" }).click();
  await expect(page).toHaveURL(`/coaches/${coach.id}`);
});
