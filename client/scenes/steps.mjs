// What scenes have in common: finding things on a page as somebody does who looks at it.

/** Of a scene that looks at other widths as others do. */
export const few = (width) => width === 1440 || width === 320;

export const button = (on, name) =>
  on.getByRole("button", { name, exact: typeof name === "string" }).first();
export const link = (on, name) =>
  on.getByRole("link", { name, exact: typeof name === "string" }).first();
export const field = (on, label) =>
  on.getByRole("textbox", { name: new RegExp(`^${label}`) }).first();

/** The dialog on top, once it has the focus. */
export async function opened(page) {
  await page.locator("[role=dialog] :focus").first().waitFor({ state: "attached" });
  return page.getByRole("dialog").last();
}

/** Presses a button, and gives the dialog that it opens. */
export async function open(page, name) {
  await button(page, name).click();
  return opened(page);
}

/** Opens a page of the app as a link does. */
export const go = (page, path) => page.evaluate((to) => history.pushState(null, "", to), path);

/** Cuts the network, once the service worker holds all parts of the app. */
export async function offline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.context().setOffline(true);
  await page.getByText(/^Offline since/).waitFor();
}

/** What a form says when it is sent with nothing in it. */
export const sendEmpty =
  (name) =>
  async ({ page }) => {
    await button(page, name).click();
    await page.locator("[aria-invalid='true']").first().waitFor();
  };

/** A coach, a plan and a class of their own, which the scene may change. */
export async function ownClass({ ask }, name, day = "Monday", hour = "1300") {
  const coach = await ask("new_coach", { name: "Nora Quist", age: 30 });
  const { records } = await ask("list_exercise_moves", { limit: 3 });
  const plan = await ask("new_workout_plan", {
    name,
    difficulty: "Beginner",
    description: "Rowing and cycling at an even pace.",
    exercise_moves: records.map(({ id }) => ({ id, sets: 3, reps: "10" })),
  });
  return ask("new_schedule", { day, hour, coach, workout_plan: plan });
}
