/** What a gym's staff does in a day, by mouse, by the keys alone, and by finger. */
import { card, expect, field, opened, test } from "./fixtures";
import { choose, hands, write } from "./hand";

for (const [name, hand] of Object.entries(hands)) {
  test(`a class is made, moved, cancelled once, found, deleted and brought back by ${name}`, async ({
    visit,
    gym,
  }) => {
    // Some hundred keys: each is a way to the browser and back.
    test.slow();
    const plan = `Plan by ${name}`;
    const coach = `Coach by ${name}`;
    const [move] = gym.all("exercise_moves");
    await gym.ask("new_workout_plan", {
      name: plan,
      difficulty: "Beginner",
      description: "A plan for one test alone.",
      exercise_moves: [{ id: move?.id }],
    });
    const page = await visit("/", hand.options);
    const press = (target: import("@playwright/test").Locator) => hand.press(page, target);
    const place = (label: string) =>
      page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: label });
    const changed = (channel: string) =>
      gym.changes.findLast((change) => change.channel === channel)?.record;

    // A coach.
    await press(place("Coaches"));
    await press(page.getByRole("main").getByRole("link", { name: "New coach" }).first());
    await write(page, hand, field(page, "Name"), coach);
    await write(page, hand, field(page, "Age"), "34");
    await press(page.getByRole("button", { name: "Add coach" }));
    await expect(page.getByRole("heading", { name: coach })).toBeVisible();

    // A class of hers.
    await press(place("Timetable"));
    await press(page.getByRole("main").getByRole("link", { name: "New class" }).first());
    const made = await opened(page);
    await choose(page, hand, made.getByRole("combobox", { name: "Workout plan" }), plan);
    await choose(page, hand, made.getByRole("combobox", { name: "Coach" }), coach);
    await write(page, hand, made.getByRole("textbox", { name: /^Time/ }).first(), "05:45");
    await press(made.getByRole("button", { name: "Add class" }));
    await expect(made).toHaveCount(0);
    await expect
      .poll(() => changed("schedules"))
      .toMatchObject({ hour: "545", coach: { name: coach }, workout_plan: { name: plan } });

    // Another time.
    await press(card(page, plan).first());
    const edited = await opened(page);
    await write(page, hand, edited.getByRole("textbox", { name: /^Time/ }).first(), "06:15");
    await press(edited.getByRole("button", { name: "Save" }));
    await expect(edited).toHaveCount(0);
    await expect.poll(() => changed("schedules")).toMatchObject({ hour: "615" });

    // Not on one date.
    await press(card(page, plan).first());
    const drawer = await opened(page);
    await press(drawer.getByRole("link", { name: /^Only on / }));
    await press(drawer.getByRole("radio", { name: "Cancelled" }));
    await write(page, hand, drawer.getByLabel("Note"), "The floor is wet");
    await press(drawer.getByRole("button", { name: "Save" }));
    await expect(drawer).toHaveCount(0);
    await expect
      .poll(() => changed("exceptions"))
      .toMatchObject({ cancelled: true, note: "The floor is wet" });

    // Found, deleted, and brought back.
    await press(page.getByRole("button", { name: "Search" }).first());
    const search = page.getByRole("combobox", { name: "Search everything" });
    await expect(search).toBeFocused();
    await page.keyboard.type(`${plan} with`);
    const found = page.getByRole("option", { name: new RegExp(`^${plan} with`) });
    await expect(found).toHaveAttribute("aria-selected", "true");
    if (hand === hands["the keys alone"]) await page.keyboard.press("Enter");
    else await press(found);
    const last = await opened(page);
    await press(last.getByRole("button", { name: "Delete" }));
    await expect(last).toHaveCount(0);
    await expect(card(page, plan)).toHaveCount(0);
    const said = page.getByRole("alert").filter({ hasText: "deleted" });
    const undo = said.getByRole("button", { name: "Undo", exact: true });
    await undo.waitFor();
    if (hand === hands["the keys alone"]) await page.keyboard.press("F8");
    await press(undo);
    await expect(card(page, plan).first()).toBeVisible();
  });
}
