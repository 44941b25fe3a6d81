import { findings, inScheme } from "./axe";
import { expect, signIn, test } from "./fixtures";
import { PASSWORD, Server, STARTING } from "./server";

test("the address of the gym's calendar is in the menu, and of a coach's on the coach's page", async ({
  visit,
  gym,
}) => {
  const slot = await gym.class("Calendar Class", "Monday", "900");
  const coach = slot["coach"] as { id: number; name: string };
  const page = await visit("/");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Calendar for phones" }).click();
  const address = page.getByLabel("Address");
  await expect(address).toHaveValue(/\/timetable\.ics$/);
  const all = await address.inputValue();
  const answer = await page.request.get(all);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  expect(await answer.text()).toContain("Calendar Class");
  for (const scheme of ["light", "dark"] as const) {
    await inScheme(page, scheme);
    expect(await findings(page)).toEqual([]);
    // What is selected has colours of ours for both: a browser's own may be for the other scheme.
    const [text, behind] = await address.evaluate((input) => {
      const { color, backgroundColor } = getComputedStyle(input, "::selection");
      return [color, backgroundColor];
    });
    expect([text, behind]).toEqual(
      scheme === "dark"
        ? ["rgb(21, 24, 27)", "rgb(210, 245, 60)"]
        : ["rgb(255, 255, 255)", "rgb(21, 24, 27)"],
    );
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto(`/coaches/${coach.id}`);
  await page.getByRole("button", { name: "Calendar", exact: true }).click();
  await expect(page.getByRole("dialog", { name: `Calendar of ${coach.name}` })).toBeVisible();
  await expect(address).toHaveValue(/\/timetable\/\d+\.ics$/);
  const own = await (await page.request.get(await address.inputValue())).text();
  expect(own.match(/BEGIN:VEVENT/g)).toHaveLength(1);
});

test("who must sign in has a private address, and may have a new one", async ({ browser }) => {
  test.setTimeout(STARTING + 180_000);
  const server = await Server.start({ ACCESS: "required" });
  try {
    const page = await browser.newPage({ baseURL: server.url });
    await signIn(page, "admin", PASSWORD);
    await page.getByRole("button", { name: "Calendar", exact: true }).click();
    const address = page.getByLabel("Address");
    await expect(address).toHaveValue(/\/feed\/.+\/timetable\.ics$/);
    const old = await address.inputValue();
    expect((await page.request.get(old)).status()).toBe(200);
    expect((await page.request.get(`${server.url}/timetable.ics`)).status()).toBe(401);
    await page.getByRole("button", { name: "Make a new one" }).click();
    await page.getByRole("button", { name: "Make a new address" }).click();
    await expect(address).not.toHaveValue(old);
    await expect(address).toHaveValue(/\/feed\/.+\/timetable\.ics$/);
    expect((await page.request.get(await address.inputValue())).status()).toBe(200);
    expect((await page.request.get(old)).status()).toBe(404);
    expect(await findings(page)).toEqual([]);
    await page.close();
  } finally {
    await server.remove();
  }
});
