// An import, step by step.
import { button, few } from "./steps.mjs";

const table = (name, lines) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${lines.join("\r\n")}\r\n`),
});

async function choose(page, ...files) {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^(Choose|Add) files/ }).click();
  await (await choosing).setFiles(files);
}

const coaches = table("coaches.csv", [
  "name,age",
  "Nora Quist,40",
  "Emil Sand,17",
  "Ines Prado,",
  "Otto Lang,41",
]);
const classes = table("week.csv", [
  "Day,Start,Trainer,Class,Length",
  "Mon,5:00,Nora Quist,Push Day,45 min",
  "Funday,5:00,Nora Quist,Boxing Basics,45",
  "Tue,5:00,Maya Lindqvist,Push Day,45",
]);

async function paste(page, text) {
  await page.getByRole("textbox", { name: "Or paste rows here" }).evaluate((box, rows) => {
    const data = new DataTransfer();
    data.setData("text/plain", rows);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, text);
}

async function written({ page }) {
  await choose(
    page,
    table("coaches.csv", ["name,age", "Nora Quist,40", "Otto Lang,41", "Emil Sand,17"]),
  );
  const save = button(page, "Save 2 rows");
  await save.waitFor();
  await page.waitForFunction((each) => !each.disabled, await save.elementHandle());
  await save.click();
  await page.getByRole("heading", { name: "Saved" }).waitFor();
}

export const imports = [
  { name: "import-choose", path: "/import", below: true },
  {
    name: "import-not-tables",
    path: "/import",
    show: async ({ page }) => {
      await choose(page, table("nothing.csv", [" "]), {
        name: "week.xlsx",
        mimeType: "text/csv",
        buffer: Buffer.from("PK"),
      });
      await page.getByText("is a workbook").waitFor();
    },
  },
  {
    name: "import-columns",
    path: "/import",
    below: true,
    show: async ({ page }) => {
      await paste(
        page,
        "Sunday\t4:10\tMaya Lindqvist\tMain\tPush Day\nSunday\t4:50\tMaya Lindqvist\tMain\tPush Day\n",
      );
      await page.getByText("4 of 5 columns are used").click();
      await page.getByRole("combobox", { name: "Column 4" }).waitFor();
    },
  },
  {
    name: "import-wrong-rows",
    path: "/import",
    below: true,
    show: async ({ page }) => {
      await choose(page, coaches);
      await page.getByText("2 new, 2 wrong").waitFor();
    },
  },
  {
    name: "import-unknown-names",
    path: "/import?of=schedules",
    below: true,
    show: async ({ page }) => {
      await choose(page, classes);
      await page.getByText("Must be a day, like Monday.").first().waitFor();
    },
  },
  {
    name: "import-several-tables",
    path: "/import?of=schedules",
    below: true,
    show: async ({ page }) => {
      await choose(page, coaches, classes);
      await page.getByText("week.csv").first().click();
      await page.getByText("Must be a day, like Monday.").first().waitFor();
    },
  },
  {
    name: "import-a-row-edited",
    path: "/import",
    show: async ({ page }) => {
      await choose(page, coaches);
      await button(page, "Edit row 2").click();
      await page.getByRole("textbox", { name: "Name, row 2" }).waitFor();
    },
  },
  { name: "import-saved", path: "/import", show: written, below: true },
  {
    name: "import-undone",
    path: "/import",
    show: async (stage) => {
      await written(stage);
      await button(stage.page, /^Undo/).click();
      await stage.page.getByRole("heading", { name: "The import is undone" }).waitFor();
    },
  },
  {
    name: "german-import-wrong-rows",
    at: few,
    path: "/import",
    locale: "de-DE",
    show: async ({ page }) => {
      const choosing = page.waitForEvent("filechooser");
      await page
        .getByRole("button", { name: /Dateien/ })
        .first()
        .click();
      await (await choosing).setFiles([coaches]);
      await page.getByRole("row").nth(2).waitFor();
      await page.waitForTimeout(500);
    },
  },
];
