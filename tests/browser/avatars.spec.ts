import { expect, test } from "./fixtures";

test("each coach of the demo gym has a picture that needs no network", async ({ page, gym }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/coaches");
  const names = gym.all("coaches").map(({ name }) => String(name));
  const cards = page.getByRole("article");
  await expect(cards).toHaveCount(names.length);
  for (const name of names) {
    const [first = "", last = ""] = [name[0], name.split(" ").at(-1)?.[0]];
    const picture = cards.filter({ hasText: name }).locator("[data-hue]");
    await expect(picture).toHaveText(`${first}${last}`.toUpperCase());
  }
  const colours = async () => {
    const all = await cards
      .locator("[data-hue]")
      .evaluateAll((each) => each.map((one) => getComputedStyle(one).backgroundColor));
    return new Set(all).size;
  };
  await expect.poll(colours).toBeGreaterThan(5);
  const origin = new URL(page.url()).host;
  expect(asked.filter((url) => new URL(url).host !== origin)).toEqual([]);
});

test("a picture that does not load gives way to the initials", async ({ page, gym }) => {
  const coach = await gym.coach("Piet Pixel", { picture: "http://localhost:9/none.png" });
  await page.goto(`/coaches/${coach.id}`);
  await expect(page.locator("main [data-hue]")).toHaveText("PP");
  await expect(page.locator("main img")).toHaveCount(0);
  await gym.ask("delete_coach", coach.id);
});
