/** A plan on paper. */
import { expect, go, test } from "./fixtures";

const marginOf = (each: string) => ({ top: each, right: each, bottom: each, left: each });

test("a plan is printed on one upright page, without what is for the screen", async ({
  visit,
  gym,
}) => {
  const some = (count: number, notes: string) =>
    Array.from({ length: count }, () => ({ sets: 3, reps: "8-10", rest: 90, notes }));
  const long = "Slow on the way down, and rest with the bar on the rack as long as you have to. ";
  const page = await visit("/");
  for (const [name, rows] of [
    ["Paper Plan", some(8, "Slow.")],
    ["Long Paper Plan", some(20, long)],
  ] as const) {
    await page.emulateMedia({ media: "screen" });
    const plan = await gym.ask("new_workout_plan", {
      name,
      difficulty: "Beginner",
      description: "A plan for one test alone.",
      exercise_moves: rows.map((row, at) => ({ id: gym.all("exercise_moves")[at]?.id, ...row })),
    });
    await go(page, `/plans/${plan.id}`);
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
    await expect(page.getByText("Spotter", { exact: true }).last()).toBeHidden();
    await page.emulateMedia({ media: "print" });
    const year = new Date().getFullYear();
    for (const seen of [
      page.getByRole("main").getByText("Spotter", { exact: true }),
      page
        .getByRole("main")
        .getByRole("time")
        .filter({ hasText: `${year}` })
        .first(),
      page.getByRole("heading", { name, exact: true }),
      page.getByText("A plan for one test alone.").first(),
      page.getByRole("cell", { name: "8-10" }).last(),
    ]) {
      await expect(seen).toBeVisible();
    }
    for (const hidden of [
      page.getByRole("navigation"),
      page.getByText("Skip to the content"),
      page.getByRole("button", { name: "More" }),
      page.getByRole("link", { name: "All workout plans" }),
      page.getByRole("region", { name: "History" }),
      page.getByRole("heading", { name: "Classes" }),
    ]) {
      await expect(hidden).toBeHidden();
    }
    for (const [format, width, height] of [
      ["A4", 595, 842],
      ["Letter", 612, 792],
    ] as const) {
      // With the page's own margins, and where the browser has its own.
      for (const preferCSSPageSize of [true, false]) {
        const margin = preferCSSPageSize ? {} : { margin: marginOf("0.4in") };
        const pdf = (await page.pdf({ format, preferCSSPageSize, ...margin })).toString("latin1");
        const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
        expect(sheets, `${name} on ${format}`).toHaveLength(1);
        const [[, wide, high] = []] = sheets;
        expect(Math.abs(Number(wide) - width) + Math.abs(Number(high) - height)).toBeLessThan(3);
      }
    }
  }
});
