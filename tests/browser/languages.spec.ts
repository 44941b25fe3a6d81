/** The page in the reader's language, on the reader's clock, with the reader's first day of the week. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, live, test } from "./fixtures";

const SOURCES = join(__dirname, "../../client/src");
const ENGLISH = /(?:texts|things)\.ts$/;

/** Finds what is said in English and not in German: whole sentences, and those with something in them. */
function englishIn(): (text: string) => boolean {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const read = (path: string) => readFileSync(join(SOURCES, path), "utf8");
  const paths = files.filter((path) => ENGLISH.test(path));
  const german = paths.map((path) => read(path.replace(/\.ts$/, ".de.ts"))).join("\n");
  const texts = paths
    .flatMap((path) => [...read(path).matchAll(/"((?:[^"\\]|\\.)+)"|`([^`]+)`/g)])
    .map(([, plain, filled]) => plain ?? filled ?? "")
    .filter((text) => /\p{L}{3}/u.test(text.replace(/\$\{[^}]*\}/g, "")))
    .filter((text) => !/\$\{[^}]*[{`]/.test(text) && !text.startsWith("."));
  expect(texts.length).toBeGreaterThan(500);
  const patterns = texts
    .filter((text) => !german.includes(text))
    .map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\$\{[^}]*\}/)
            .map(escaped)
            .join(".+")}$`,
          "u",
        ),
    );
  return (text) => !german.includes(`"${text}"`) && patterns.some((each) => each.test(text));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Everything on the page that is read or heard. */
function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement?.closest("script, style"))
        found.push(walker.currentNode.textContent ?? "");
    }
    for (const name of ["aria-label", "title", "placeholder", "aria-roledescription"]) {
      for (const element of document.querySelectorAll(`[${name}]`))
        found.push(element.getAttribute(name) ?? "");
    }
    return found.map((text) => text.trim()).filter(Boolean);
  });
}

test("a German browser finds German everywhere, and no English", async ({ visit, gym }) => {
  const slot = await gym.class("Wortlaut", "Thursday", "1830");
  const [coach, plan, move] = (["coaches", "workout_plans", "exercise_moves"] as const).map(
    (channel) => gym.all(channel)[0]?.id,
  );
  // What other tests have written is no text of the program's, and what they changed it to neither.
  const data = JSON.stringify([
    ...(["coaches", "workout_plans", "exercise_moves", "schedules"] as const).map((channel) =>
      gym.all(channel),
    ),
    await gym.ask("history", { limit: 100 }),
  ]);
  const isEnglish = englishIn();
  const page = await visit("/", { locale: "de-DE" });
  const found: string[] = [];
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  for (const [path, german] of [
    [`/?plan=${planOf(slot)}`, "Kursplan"],
    [`/classes/${slot.id}`, "Wortlaut"],
    ["/classes/new", "Neuer Kurs"],
    [`/classes/${slot.id}/2037-12-24`, "Nur am Donnerstag, 24. Dezember"],
    ["/days/2037-12-24", "Donnerstag, 24. Dezember"],
    ["/coaches", "Coaches"],
    [`/coaches/${coach}`, "Kurse"],
    ["/coaches/new", "Neuer Coach"],
    ["/plans", "Trainingspläne"],
    [`/plans/${plan}`, "Übung"],
    ["/plans/new", "Neuer Trainingsplan"],
    ["/moves", "Übungen"],
    [`/moves/${move}`, "Alle Übungen"],
    ["/moves/new", "Neue Übung"],
    ["/changes", "Letzte Änderungen"],
    ["/import", "Importieren"],
    ["/account", "Anmelden"],
    ["/coaches/999999", "Diesen Coach gibt es nicht"],
    ["/nowhere", "Seite nicht gefunden"],
  ] as const) {
    await page.goto(path);
    await live(page);
    await expect(page.getByText(german).filter({ visible: true }).first(), path).toBeVisible();
    const left = (await wordsOn(page)).filter(
      (text) => !data.includes(JSON.stringify(text)) && isEnglish(text),
    );
    found.push(...left.map((text) => `${path}: ${text}`));
    // What looks like a word, and is none, is not translated.
    const filled = await page
      .locator("svg[stroke-linecap=round]:not([fill=none])")
      .filter({ visible: true })
      .count();
    expect(filled, `icons in one piece at ${path}`).toBe(0);
  }
  expect(found).toEqual([]);
});

test("what a German form and its dialogs say is German", async ({ visit, gym }) => {
  await gym.coach("Wort Coach");
  const page = await visit("/coaches/new", { locale: "de-DE" });
  await page.getByRole("button", { name: "Coach hinzufügen" }).click();
  await expect(page.getByText("Bitte ausfüllen.").first()).toBeVisible();
  await page.getByRole("button", { name: "Tastenkürzel" }).click();
  await expect(page.getByRole("dialog", { name: "Tastenkürzel" })).toContainText(
    "Alles durchsuchen",
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Suchen" }).click();
  await expect(page.getByPlaceholder("Kurse, Coaches… suchen")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto("/coaches?q=Wort Coach");
  await expect(page.getByRole("status").filter({ hasText: "1 von" })).toBeVisible();
});

test("what the server refuses is said in German", async ({ visit, gym }) => {
  const slot = await gym.class("Wort Gebraucht", "Thursday", "1830");
  const coach = slot["coach"] as { id: number };
  await gym.coach("Wort Vergeben", { username: "wort.vergeben" });
  const page = await visit(`/coaches/${coach.id}`, { locale: "de-DE" });
  await page.getByRole("button", { name: "Löschen", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(
    "Wort Gebraucht Coach wurde nicht gelöscht. 1 Kurs braucht diesen Coach: Gib sie zuerst jemand anderem.",
  );
  await page.goto("/coaches/new");
  await live(page);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Wort Anders");
  await page.getByRole("textbox", { name: "Alter" }).fill("30");
  await page.getByRole("textbox", { name: "Benutzername" }).fill("wort.vergeben");
  await page.getByRole("button", { name: "Coach hinzufügen" }).click();
  const taken = "Dieser Benutzername ist vergeben. Bitte wähle einen anderen.";
  await expect(page.getByText(taken, { exact: true })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveText(`Benutzername: ${taken}`);
  await page.goto("/account");
  await page.getByRole("textbox", { name: "Benutzername" }).fill("admin");
  await page.getByRole("textbox", { name: "Passwort" }).fill("nicht dieses");
  await page.getByRole("main").getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByText("Der Benutzername oder das Passwort ist falsch.")).toBeVisible();
});

const planOf = (slot: Record<string, unknown>) => (slot["workout_plan"] as { id: number }).id;
const headings = (page: Page) => page.locator("thead th").filter({ hasText: /day/ });

test("Americans have twelve hours, and weeks from Sunday", async ({ visit, gym }) => {
  const slot = await gym.class("Clock American", "Sunday", "1830");
  const page = await visit(`/?plan=${planOf(slot)}&week=2037-W52`, { locale: "en-US" });
  await expect(headings(page).first()).toContainText("Sunday December 20");
  await expect(headings(page).last()).toContainText("Saturday December 26");
  await expect(page.locator(`[data-class="${slot.id}"]`)).toContainText("6:30 PM");
  await expect(page.getByRole("rowheader", { name: "6 PM" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Week" })).toContainText(
    "December 20 – 26, 2037",
  );
  await page.goto(`/classes/${slot.id}`);
  await live(page);
  const time = page.getByRole("textbox", { name: "Time" });
  await expect(time).toHaveValue("6:30 PM");
  await time.fill("19:15");
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => gym.of("schedules", slot.id).at(-1)?.record)
    .toMatchObject({ hour: "1915" });
});

test("the British have twenty-four, and weeks from Monday", async ({ visit, gym }) => {
  const slot = await gym.class("Clock British", "Sunday", "1830");
  const page = await visit(`/?plan=${planOf(slot)}&week=2037-W52`);
  await expect(headings(page).first()).toContainText("Monday 21 December");
  await expect(headings(page).last()).toContainText("Sunday 27 December");
  await expect(page.locator(`[data-class="${slot.id}"]`)).toContainText("18:30");
  await page.goto(`/classes/${slot.id}`);
  await live(page);
  const time = page.getByRole("textbox", { name: "Time" });
  await expect(time).toHaveValue("18:30");
  await time.fill("7:15 pm");
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => gym.of("schedules", slot.id).at(-1)?.record)
    .toMatchObject({ hour: "1915" });
});

test("language, clock and week are chosen on the page, at once and for good", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Clock Chosen", "Sunday", "1830");
  const page = await visit(`/?plan=${planOf(slot)}&week=2037-W52`);
  const card = page.locator(`[data-class="${slot.id}"]`);
  await page.getByRole("button", { name: "Settings of this device" }).click();
  const dialog = page.getByRole("dialog", { name: "Settings of this device" });
  await dialog.getByLabel("Clock").selectOption("12");
  await expect(card).toContainText("6:30 pm");
  await dialog.getByLabel("Week begins on").selectOption("Sunday");
  await expect(headings(page).first()).toContainText("Sunday 20 December");
  expect(await findings(page)).toEqual([]);
  await dialog.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByRole("dialog", { name: "Einstellungen dieses Geräts" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("button", { name: "Fertig" }).click();
  await expect(page.getByRole("button", { name: "Einstellungen dieses Geräts" })).toBeFocused();
  await page.reload();
  await live(page);
  await expect(page.locator("thead th").nth(1)).toContainText("Sonntag 20. Dezember");
  await expect(card).toContainText("6:30 PM");
});

test("an English browser loads no German", async ({ visit }) => {
  const page = await visit("/nowhere");
  await page.waitForLoadState("networkidle");
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name),
  );
  expect(loaded.filter((name) => /german/.test(name))).toEqual([]);
});
