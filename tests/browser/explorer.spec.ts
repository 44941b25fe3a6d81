import type { Page } from "@playwright/test";
import { findingsInBoth } from "./axe";
import { expect, test, testOn } from "./fixtures";

const at = (event: string) => `/developers/events/gym.${event}.request`;
const answer = (page: Page) => page.getByRole("region", { name: "Answer" });
const log = (page: Page) => page.getByRole("region", { name: "What arrives" });
const lines = (page: Page) => log(page).getByRole("listitem");
const data = (page: Page) => page.getByRole("group", { name: /^Data/ });

const button = (page: Page) => page.getByRole("button", { name: "Emit" });

/** Emits, once this page's own connection is there. */
async function emit(page: Page): Promise<void> {
  await button(page).click();
}

test("a coach is made by the form of the schema; the answer and what arrives are shown", async ({
  visit,
  gym,
}) => {
  const page = await visit("/developers");
  await page.getByRole("searchbox", { name: "Search events" }).fill("new_coach");
  await page.getByRole("link", { name: "new_coach", exact: true }).click();
  await expect(lines(page).filter({ hasText: "coaches" }).first()).toBeVisible();
  // The other lists come after that of the coaches.
  await expect(async () => {
    await page.getByRole("button", { name: "Clear" }).click();
    await expect(lines(page)).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await data(page).getByLabel("name", { exact: false }).first().fill("Expl Orer");
  await data(page).getByRole("textbox", { name: /^age/ }).fill("44");
  await expect(
    page.getByText('socket.emit("new_coach", {"name":"Expl Orer","age":44}, ack)'),
  ).toBeVisible();
  await emit(page);
  await expect(answer(page).getByRole("status")).toHaveText(/^Done after \d+ ms$/);
  await expect(answer(page)).toContainText('"name": "Expl Orer"');
  const line = lines(page).filter({ hasText: "coaches" }).first();
  await expect(line).toContainText(/\d+ in a list/);
  await line.locator("summary").click();
  await expect(line).toContainText("Expl Orer");
  const made = await gym.ask("list_coaches", {
    where: { name: "Expl Orer", age: 44 },
    count: true,
  });
  expect(made).toMatchObject({ count: 1 });
});

test("what is refused is said by field, and what is typed is sent as it is", async ({ visit }) => {
  const page = await visit(at("new_coach"));
  await data(page).getByRole("textbox", { name: /^age/ }).fill("seven");
  await emit(page);
  await expect(answer(page).getByRole("status")).toHaveText(/^Refused/);
  await expect(answer(page).getByRole("term").filter({ hasText: /^age$/ })).toBeVisible();
  await expect(
    answer(page)
      .getByRole("term")
      .filter({ hasText: /^name$/ }),
  ).toBeVisible();
  // Also at the field itself.
  const age = data(page).getByRole("textbox", { name: /^age/ });
  await expect(age).toHaveAttribute("aria-invalid", "true");
  await expect(age).toHaveAccessibleDescription(/Must be a whole number\./);
});

test("on a phone what is chosen and what is answered come into view", async ({ visit }) => {
  const page = await visit("/developers", { viewport: { width: 320, height: 700 } });
  await page.getByRole("searchbox", { name: "Search events" }).fill("new_coach");
  await page.getByRole("link", { name: "new_coach", exact: true }).click();
  await expect(page.getByRole("heading", { name: "new_coach" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "new_coach" })).toBeInViewport();
  await expect(button(page)).toBeEnabled();
  await button(page).click();
  await expect(answer(page).getByRole("status")).toBeInViewport();
});

test("what would be written is only checked", async ({ visit, gym }) => {
  const page = await visit(at("new_coach"));
  await data(page).getByLabel("name", { exact: false }).first().fill("Only Checked");
  await data(page).getByRole("textbox", { name: /^age/ }).fill("44");
  await expect(page.getByText("What you emit is real")).toBeVisible();
  await page.getByRole("checkbox", { name: "Only check, write nothing" }).check();
  await expect(
    page.getByText('{"name":"Only Checked","age":44}, {"check":true}, ack)'),
  ).toBeVisible();
  await emit(page);
  await expect(answer(page).getByRole("status")).toHaveText(/^Done/);
  const made = await gym.ask("list_coaches", { where: { name: "Only Checked" }, count: true });
  expect(made).toMatchObject({ count: 0 });
});

test("raw JSON is taken over from the fields, and refused in words when it is none", async ({
  visit,
}) => {
  const page = await visit(at("new_coach"));
  await data(page).getByRole("textbox", { name: /^age/ }).fill("31");
  await page.getByText("JSON", { exact: true }).click();
  const json = page.getByRole("textbox", { name: "Data as JSON" });
  await expect(json).toHaveValue(/"age": 31/);
  await json.fill('{"age": 31,');
  await expect(page.getByText(/^This is no JSON yet/)).toBeVisible();
  await expect(button(page)).toBeDisabled();
  await json.fill('{"age": 31, "unknown": null}');
  await expect(page.getByText(/^This is no JSON yet/)).toHaveCount(0);
  await emit(page);
  await expect(
    answer(page)
      .getByRole("term")
      .filter({ hasText: /^unknown$/ }),
  ).toBeVisible();
});

test("every event of the document opens, and its fields can be added to", async ({
  visit,
  server,
}) => {
  const page = await visit("/developers");
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (said) => {
    // A connection that another replaces before it is there: how far it is, is the machine's affair.
    const isLeft = said.text().includes("WebSocket is closed before the connection is established");
    if (said.type() === "error" && !isLeft) errors.push(said.text());
  });
  const document = (await (await fetch(`${server.url}/asyncapi.json`)).json()) as {
    operations: Record<string, { action: string }>;
  };
  const events = page.getByRole("navigation", { name: "Events" }).getByRole("link");
  await expect(events).toHaveCount(Object.keys(document.operations).length);
  for (const [key, { action }] of Object.entries(document.operations)) {
    await page.evaluate((to) => history.pushState(null, "", to), `/developers/events/${key}`);
    const name = page.getByRole("main").getByRole("heading", { level: 2 });
    await expect(page.locator(`a[aria-current='true'][href$='${key}']`)).toBeAttached();
    await expect(name.first()).toBeVisible();
    if (action !== "receive") continue;
    await expect(button(page)).toBeVisible();
    // Everything that can be chosen at first, in turn.
    const choices = page.getByRole("combobox", { name: /: what it is$/ });
    // The last one first: a choice adds fields below it.
    for (let nth = (await choices.count()) - 1; nth >= 0; nth -= 1) {
      await choices.nth(nth).selectOption({ index: 1 });
    }
  }
  expect(errors).toEqual([]);
});

test("the list is held, filtered and cleared", async ({ visit }) => {
  const page = await visit("/developers/events/test.uuid.request");
  await expect(lines(page).filter({ hasText: "time" }).first()).toBeVisible();
  await log(page).getByRole("button", { name: "Pause" }).click();
  const held = await lines(page).count();
  await expect(log(page)).toContainText(/[1-9]\d* more arrived since/);
  await expect(lines(page)).toHaveCount(held);
  await log(page).getByRole("button", { name: "Go on" }).click();
  await log(page).getByRole("textbox", { name: "Only events called" }).fill("newnumber");
  await expect(lines(page).first()).toContainText("newnumber");
  await expect(lines(page).filter({ hasNotText: "newnumber" })).toHaveCount(0);
  await emit(page);
  await log(page).getByRole("textbox", { name: "Only events called" }).fill("uuid");
  await expect(lines(page).first()).toContainText("{uuid}");
});

test("the explorer is used by keyboard alone", async ({ visit }) => {
  const page = await visit(at("list_coaches"));
  // Its own connection comes after the app's. Until then the button cannot have the focus.
  await expect(button(page)).toBeEnabled();
  await button(page).press("Enter");
  await expect(answer(page).getByRole("status")).toHaveText(/^Done/);
  await answer(page).locator("summary").press("Enter");
  await expect(answer(page).locator("pre")).toBeHidden();
});

test("it fits every width, and axe finds nothing", async ({ visit }) => {
  const page = await visit(at("update_workout_plan"));
  await expect(button(page)).toBeEnabled();
  await page.getByRole("combobox", { name: "exercise_moves: what it is" }).selectOption("a list");
  await page.getByRole("button", { name: "Add to exercise_moves" }).click();
  expect(await findingsInBoth(page)).toEqual([]);
  for (const width of [1440, 1024, 820, 390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await expect.poll(overflow, `at ${width}`).toBe(0);
  }
});

testOn({ ACCESS: "public-read" })(
  "who may only look is shown the server's refusal",
  async ({ visit }) => {
    const page = await visit(at("delete_coach"));
    await page.getByText("JSON", { exact: true }).click();
    await page.getByRole("textbox", { name: "Data as JSON" }).fill("1");
    await emit(page);
    await expect(answer(page).getByRole("status")).toHaveText(/^Refused/);
    await expect(answer(page)).toContainText("Please sign in to do this.");
  },
);
