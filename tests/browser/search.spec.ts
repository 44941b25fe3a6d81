import type { Locator, Page } from "@playwright/test";
import { expect, opened, test } from "./fixtures";

/** What the list of coaches in the class form offers for a search. */
async function offered(page: Page, search: string): Promise<Locator> {
  const dialog = await opened(page);
  await dialog.getByRole("combobox", { name: "Coach" }).fill(search);
  return page.getByRole("listbox").getByRole("option").filter({ hasNotText: /^New / });
}

test("a name is found however it is typed, in the class form as in the search", async ({
  visit,
  gym,
}) => {
  const names: [string, string, string, string] = [
    "Zoë Łukasz Søndergård",
    "Æsa Weißdorn Đorđević",
    "Aylin Işık O’Hara",
    "Ｊｕｎ Sato",
  ];
  for (const name of names) await gym.coach(name);
  const page = await visit("/classes/new?day=Monday&hour=900");
  for (const [search, name] of [
    ["zoe lukasz sondergard", names[0]],
    ["ZOË ŁUK", names[0]],
    ["aesa weissdorn dordevic", names[1]],
    ["aylin isik o'hara", names[2]],
    ["ohara", names[2]],
    ["jun", names[3]],
  ] as const) {
    await expect(await offered(page, search), search).toHaveText([name]);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  for (const [search, name] of [
    ["zoe lukasz", names[0]],
    ["o'hara isik", names[2]],
    ["jun sato", names[3]],
  ] as const) {
    await page.getByPlaceholder("Search classes").fill(search);
    await expect(page.locator(".mantine-Spotlight-action")).toHaveText([new RegExp(name)]);
  }
});

test("a suggestion is found however it is typed", async ({ visit, gym }) => {
  await gym.ask("new_exercise_move", {
    name: "Drehung",
    focus: "Rücken",
    description: "A turn of the upper body.",
  });
  const page = await visit("/moves/new");
  await page.getByRole("combobox", { name: "Focus" }).fill("rucken");
  await expect(page.getByRole("option", { name: "Rücken" })).toBeVisible();
});

test("coaches of one name are told apart wherever one is chosen", async ({ visit, gym }) => {
  const [one, two, three] = [
    await gym.coach("Tom Twin", { age: 31, username: "tom.twin", password: "long enough" }),
    await gym.coach("Tom Twin", { age: 47 }),
    await gym.coach("tom twin", { age: 47 }),
  ];
  const labels = [
    "Tom Twin (@tom.twin)",
    `Tom Twin (47 years, no. ${two.id})`,
    `tom twin (47 years, no. ${three.id})`,
  ];
  const page = await visit("/classes/new?day=Monday&hour=900");
  const found = await offered(page, "tom twin");
  await expect(found).toHaveText(labels);
  await found.first().click();
  await expect(page.getByRole("dialog").getByRole("combobox", { name: "Coach" })).toHaveValue(
    labels[0] ?? "",
  );
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(
    page
      .getByLabel("Coach", { exact: true })
      .locator("option")
      .filter({ hasText: /tom twin/i }),
  ).toHaveText(labels);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search classes").fill("tom twin 47");
  await expect(page.locator(".mantine-Spotlight-action")).toHaveCount(2);
  await page.getByPlaceholder("Search classes").fill("@tom.twin");
  const first = page.locator(".mantine-Spotlight-action");
  await expect(first).toHaveText([/@tom\.twin/]);
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/coaches/${one.id}`);
});

test("the field stays where one types, however much is found", async ({ visit }) => {
  const page = await visit("/coaches");
  await page.keyboard.press("Control+k");
  const dialog = await opened(page);
  const field = dialog.getByRole("combobox");
  await expect(dialog.getByRole("option").first()).toBeVisible();
  const top = async () => (await field.boundingBox())?.y;
  const before = await top();
  await field.fill("zzzz");
  await expect(page.getByText("Nothing found.")).toBeVisible();
  await expect.poll(top).toBe(before);
});

test("it is closed by a button, for who has no Escape key", async ({ visit }) => {
  const page = await visit("/coaches");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await (await opened(page)).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
