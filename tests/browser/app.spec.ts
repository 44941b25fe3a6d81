import { gzipSync } from "node:zlib";
import type { Response } from "@playwright/test";
import { expect, field, test } from "./fixtures";

test("a first visit loads at most 200 KB of scripts and 45 KB of styles", async ({ page }) => {
  const sizes = { script: 0, stylesheet: 0 };
  const loaded: Response[] = [];
  page.on("response", (response) => loaded.push(response));
  // What is loaded a second later, for when there is no connection, waits for the clock.
  await page.clock.install();
  // Further ahead than it takes to say so.
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.goto("/", { waitUntil: "networkidle" });
  for (const response of loaded) {
    const type = response.request().resourceType();
    if (type === "script" || type === "stylesheet") {
      sizes[type] += gzipSync(await response.body()).length;
    }
  }
  expect(sizes.script).toBeGreaterThan(10_000);
  expect(sizes.script).toBeLessThan(200_000);
  expect(sizes.stylesheet).toBeLessThan(45_000);
});

test("everything is found with Ctrl+K", async ({ visit, gym }) => {
  const coach = await gym.coach("Renée Findable");
  const page = await visit();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search classes").fill("renee find");
  const found = page.getByRole("listbox").getByRole("option", { name: /^Renée Findable/ });
  await expect(found).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/coaches/${coach.id}`);
});

test("shortcuts are listed under ? and single keys can be switched off", async ({ visit }) => {
  const page = await visit("/coaches");
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(list.getByText("Search everything")).toBeVisible();
  await list.getByRole("switch").click({ force: true });
  await expect(list.getByRole("switch")).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/coaches$/);
  await page.keyboard.press("?");
  await expect(list).toHaveCount(0);
});

test("a plan is built from a list, reordered by buttons and by drag", async ({ visit, gym }) => {
  const page = await visit("/plans/new");
  await field(page, "Name").fill("Builder Plan");
  await page.getByRole("combobox", { name: "Level" }).fill("Beginner");
  await field(page, "Description").fill("Made by a test, move by move.");
  const moves = gym.all("exercise_moves").slice(0, 3);
  const names = moves.map((move) => String(move["name"]));
  await page.keyboard.press("Escape");
  for (const name of names) {
    await page.getByRole("textbox", { name: "Search moves to add" }).fill(name);
    await page.getByRole("button", { name: `Add ${name}`, exact: true }).click();
  }
  await page.getByRole("button", { name: `Move ${names[2]} up` }).click();
  const handles = page.getByRole("button", { name: /^Drag / });
  const inOrder = (...order: (string | undefined)[]) =>
    expect
      .poll(() => handles.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label"))))
      .toEqual(order.map((name) => `Drag ${name}`));
  await inOrder(names[0], names[2], names[1]);
  await handles.first().hover();
  const [from, to] = [await handles.first().boundingBox(), await handles.last().boundingBox()];
  if (!from || !to) throw new Error("The plan has no moves.");
  const x = from.x + from.width / 2;
  await page.mouse.down();
  // What is dragged follows the pointer in its own time: what is said of it tells where it is by then.
  await page.mouse.move(x, from.y + from.height);
  const said = (text: string) => page.getByRole("status").filter({ hasText: text });
  await expect(said(`${names[0]} is `)).toBeAttached();
  await page.mouse.move(x, to.y + to.height / 2, { steps: 3 });
  await expect(said(`${names[0]} is at place 3 of 3`)).toBeAttached();
  await page.mouse.up();
  await inOrder(names[2], names[1], names[0]);
  await page.getByRole("button", { name: "Add plan" }).click();
  await expect(page.getByRole("heading", { name: "Builder Plan" })).toBeVisible();
  const order = () => {
    const made = gym.changes.find((change) => change.record?.["name"] === "Builder Plan");
    return ((made?.record?.["exercise_moves"] ?? []) as { name: string }[]).map(({ name }) => name);
  };
  await expect.poll(order).toEqual([names[2], names[1], names[0]]);
});

test("an address that does not exist leads back", async ({ visit }) => {
  const page = await visit("/nowhere/at/all");
  await page.getByRole("link", { name: "Go to the timetable" }).click();
  await expect(page.getByRole("heading", { name: "Timetable" })).toBeVisible();
});
