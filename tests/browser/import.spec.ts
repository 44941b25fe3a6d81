import { findings, inScheme } from "./axe";
import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures";
import { choose, table } from "./tables";

test("a wrong row is corrected, an unknown coach and plan are made, and all of it is undone", async ({
  visit,
  gym,
}) => {
  const page = await visit("/import?of=schedules");
  const plan = String(gym.all("workout_plans")[0]?.["name"]);
  await choose(
    page,
    table(
      "week.csv",
      `Day,Start,Trainer,Class,Length\nMon,5:00,Import Newcomer,${plan},45 min\nFunday,5:00,Import Newcomer,Import Dance,45\n`,
    ),
  );
  const row = (line: number) => page.getByRole("row", { name: new RegExp(`^(Row )?${line} `) });
  await expect(row(3)).toContainText("Must be a day, like Monday.");
  await page.getByRole("textbox", { name: "Day, row 3" }).fill("tue");
  await page.keyboard.press("Enter");
  await expect(row(3)).not.toContainText("Must be a day");
  await expect(
    page.getByRole("heading", { name: "There is no coach Import Newcomer yet" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Add this coach" }).click();
  // The focus is where the next thing is to be typed.
  await expect(page.getByRole("textbox", { name: "Age, row 1" })).toBeFocused();
  await page.keyboard.type("29");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Add this workout plan" }).click();
  // A plan needs a move: one stands there until somebody chooses others.
  await expect(row(1)).toContainText("Moves to be chosen");
  const write = page.getByRole("button", { name: "Save 5 rows" });
  // Until the rows are checked it is dimmed, and for a moment after that.
  await expect(write).toBeEnabled();
  await inScheme(page, "light");
  expect(await findings(page)).toEqual([]);
  await write.click();
  await expect(page.getByText(/^5 rows are saved\./)).toBeVisible();
  const made = () =>
    gym.changes.filter(
      ({ type, record }) => type === "put" && /Import/.test(JSON.stringify(record)),
    );
  await expect
    .poll(() => made().map(({ channel }) => channel))
    .toEqual(["coaches", "workout_plans", "schedules", "schedules"]);
  expect(made()[2]?.record).toMatchObject({ day: "Monday", hour: "500", minutes: 45 });
  await page.getByRole("button", { name: "Undo all" }).click();
  await expect(page.getByRole("heading", { name: "The import is undone" })).toBeVisible();
  const gone = () => gym.changes.flatMap(({ type, channel }) => (type === "del" ? [channel] : []));
  await expect
    .poll(gone)
    .toEqual(["schedules", "schedules", "workout_plans", "exercise_moves", "coaches"]);
  // What was undone can be written again.
  await expect(page.getByRole("button", { name: "Save 5 rows again" })).toBeEnabled();
});

test("an import goes by keyboard alone, and axe finds nothing in it at any width", async ({
  visit,
  gym,
}) => {
  const page = await visit("/coaches");
  await page.getByRole("button", { name: "Spreadsheet" }).press("Enter");
  await expect(page.getByRole("menuitem", { name: /^Export/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: /^Import/ })).toBeFocused();
  await page.keyboard.press("Enter");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).press("Enter");
  const text = "name,age\nKeyboard One,40\nKeyboard Two,17\nKeyboard Three\nKeyboard Four,41\n";
  await (await choosing).setFiles([table("coaches.csv", text)]);
  await expect(page.getByText("2 new, 2 wrong (not saved)")).toBeVisible();
  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const scheme of ["light", "dark"] as const) {
      await inScheme(page, scheme);
      expect(await findings(page, scheme === "light" ? "everything" : "colours")).toEqual([]);
    }
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider).toBe(0);
  }
  await page.getByRole("textbox", { name: "Age, row 3" }).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("18");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Age, row 3" })).toBeFocused();
  await page.getByRole("button", { name: "Leave out: row 4" }).press("Enter");
  await page.getByRole("button", { name: "Edit row 5" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Name, row 5" })).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("th");
  await page.getByRole("button", { name: "Done: row 5" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Name, row 5" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Edit row 5" })).toBeFocused();
  const write = page.getByRole("button", { name: "Save 3 rows" });
  await write.focus();
  await expect(write).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Saved" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Nothing to save" })).toBeDisabled();
  await inScheme(page, "light");
  expect(await findings(page)).toEqual([]);
  const named = () => gym.changes.map(({ record }) => record?.["name"]);
  await expect.poll(named).toEqual(["Keyboard One", "Keyboard Two", "Keyboard Fourth"]);
});

test("what was exported is imported again as it was, formulas included", async ({ visit, gym }) => {
  await gym.coach("=1+1 Export");
  await gym.coach("'=1+1 Export");
  await gym.class("Export; -again", "Sunday", "430");
  const page = await visit();
  const files = await Promise.all(
    ["coaches", "exercise_moves", "workout_plans", "schedules"].map(async (channel) => {
      const answer = await page.request.get(`/export/${channel}.csv`);
      return {
        name: `${channel}.csv`,
        mimeType: "text/csv",
        buffer: Buffer.from(await answer.body()),
      };
    }),
  );
  await page.goto("/import");
  await choose(page, ...files);
  const rows = files.map(
    ({ buffer }) => buffer.toString("utf8").trimEnd().split("\r\n").length - 1,
  );
  const count = rows.reduce((sum, each) => sum + each, 0);
  await expect(page.getByText(`${count} unchanged`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Nothing to save" })).toBeDisabled();
});

test("rows are pasted, their columns are put right, and a namesake is told apart", async ({
  visit,
  gym,
}) => {
  const twins = [
    await gym.coach("Twin Import", { age: 31 }),
    await gym.coach("Twin Import", { age: 32 }),
  ];
  const plan = String(gym.all("workout_plans")[0]?.["name"]);
  const page = await visit("/import");
  await page.getByRole("textbox", { name: "Or paste rows here" }).evaluate((box, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, `Sunday\t4:10\tTwin Import\tMain\t${plan}\nSunday\t4:50\tTwin Import\tMain\t${plan}\n`);
  await page.getByText("4 of 5 columns are used").click();
  await page.getByRole("combobox", { name: "Column 4" }).selectOption("Room");
  await expect(page.getByText("There are 2 coaches called Twin Import.")).toHaveCount(2);
  for (const line of [1, 2]) {
    await page.getByRole("combobox", { name: `Coach, row ${line}` }).fill("Twin Import (32 years)");
    await page.keyboard.press("Enter");
  }
  // Nobody saves without knowing.
  const bar = page.getByRole("region", { name: "Save", exact: true });
  await expect(bar.getByText("2 rows have a warning")).toBeVisible();
  await page.getByRole("button", { name: "With a warning 2" }).click();
  await expect(page.getByText(/Overlaps row [12]: Twin Import would teach/)).toHaveCount(2);
  await page.getByRole("button", { name: "Save 2 rows" }).click();
  await expect(page.getByText(/^2 rows are saved\./)).toBeVisible();
  const coaches = () =>
    gym.changes.flatMap(({ channel, record }) =>
      channel === "schedules" && record?.["room"] === "Main" ? [record["coach"]] : [],
    );
  const second = { id: twins[1]?.id, name: "Twin Import" };
  await expect.poll(coaches).toEqual([second, second]);
});

test("files are dropped anywhere on the page, and what is no table is told", async ({ visit }) => {
  const page = await visit("/import");
  const dispatch = (type: "dragover" | "drop") =>
    page.getByRole("heading", { name: "Import" }).evaluate((heading, kind) => {
      const data = new DataTransfer();
      data.items.add(new File(["name,age\nDropped One,40\n"], "dropped.csv"));
      data.items.add(new File(["PK"], "week.xlsx"));
      data.items.add(new File([" \n"], "nothing.csv"));
      const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
      return !heading.dispatchEvent(event);
    }, type);
  // Once the page listens.
  await expect.poll(() => dispatch("dragover")).toBe(true);
  await dispatch("drop");
  await expect(page.getByRole("heading", { name: "dropped.csv" })).toBeVisible();
  await expect(page.getByText("week.xlsx is a workbook. Save the sheet as CSV")).toBeVisible();
  await expect(page.getByText("nothing.csv is empty.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save 1 row" })).toBeEnabled();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "What a table can contain" })).toBeVisible();
});

test("the bar says that it counts all tables, and covers nothing that is reached", async ({
  visit,
}) => {
  const page = await visit("/import");
  const names = Array.from({ length: 30 }, (_, at) => `Bar Coach ${at},40\n`).join("");
  const move = "name,focus,description\nBar Move,Legs,Down and up again.\n";
  await choose(page, table("coaches.csv", `name,age\n${names}`), table("moves.csv", move));
  const bar = page.getByRole("region", { name: "Save", exact: true });
  await expect(bar.getByText("Both tables: 31 new")).toBeVisible();
  await page.getByRole("button", { name: /^coaches\.csv/ }).click();
  const filters = page.getByRole("group", { name: "Rows of coaches.csv" });
  await expect(filters.getByRole("button", { name: "All 30" })).toBeVisible();
  const isClear = (reached: Locator) =>
    expect(async () => {
      const [its, over] = [await reached.boundingBox(), await bar.boundingBox()];
      expect((its?.y ?? 0) + (its?.height ?? 0)).toBeLessThanOrEqual(over?.y ?? 0);
    }).toPass();
  const edit = page.getByRole("button", { name: "Edit row 12" });
  await edit.evaluate((each) => each.scrollIntoView({ block: "nearest" }));
  await isClear(edit);
  await page.setViewportSize({ width: 390, height: 844 });
  await edit.click();
  const age = page.getByRole("textbox", { name: "Age, row 12" });
  await age.evaluate((each) => each.scrollIntoView({ block: "nearest" }));
  await isClear(age);
});
