/** Tables to import, and the way they get into the page. */
import type { Page } from "@playwright/test";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const coaches = ["Ada Byron", "Ben Okoye", "Cleo Marsh", "Dev Patel"];
const moves = ["Squat", "Lunge", "Press", "Row", "Plank", "Burpee", "Swing", "Pull-up"];
const plans = ["Push Day", "Leg Day", "Engine"];
const hours = ["07:00", "09:30", "12:00", "17:30", "19:00"];

const lines = (head: string, rows: readonly string[]) => `${[head, ...rows].join("\r\n")}\r\n`;

export function table(name: string, text: string) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** Chooses files on the page of an import, as somebody does by the button. */
export async function choose(page: Page, ...files: ReturnType<typeof table>[]): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^(Choose|Add) files/ }).click();
  await (await choosing).setFiles(files);
}

/** A week of 30 classes: 4 coaches, 8 moves, 3 plans. */
export const week = {
  coaches: table(
    "coaches.csv",
    lines(
      "name,age",
      coaches.map((name, at) => `${name},${28 + at}`),
    ),
  ),
  moves: table(
    "moves.csv",
    lines(
      "name,focus,description",
      moves.map((name) => `${name},Strength,"Slowly, and with a straight back."`),
    ),
  ),
  plans: table(
    "plans.csv",
    lines(
      "name;difficulty;description;moves;sets;reps",
      plans.map((name, at) => {
        const some = moves.slice(at * 2, at * 2 + 4).join("; ");
        return `${name};Beginner;An hour of all that counts.;"${some}";3;8-12`;
      }),
    ),
  ),
  classes: table(
    "classes.csv",
    lines(
      "day,time,coach,plan,length,room",
      days.flatMap((day, at) =>
        hours.map(
          (hour, slot) => `${day},${hour},${coaches[(at + slot) % 4]},${plans[slot % 3]},45,Hall`,
        ),
      ),
    ),
  ),
};
