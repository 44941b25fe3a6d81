import { findings } from "./axe";
import { expect, goOffline, opened, test } from "./fixtures";
import { givers, illness } from "./illness";

test("all classes of an ill coach go to one who is free, in one step that is undone in one", async ({
  visit,
  gym,
}) => {
  const { ill, ids } = await illness(gym, "One");
  const page = await visit(`/coaches/${ill.id}`);
  await page.getByRole("button", { name: "Give classes to" }).click();
  const drawer = await opened(page);
  expect(await findings(page)).toEqual([]);
  await drawer.getByRole("radio", { name: "One Free" }).check();
  await drawer.getByRole("button", { name: "Give 3 classes to One Free" }).click();
  await expect(page.getByText("One Free takes 3 classes of One Ill.")).toHaveCount(1);
  await expect.poll(() => givers(gym, ids)).toEqual(["One Free", "One Free", "One Free"]);
  // All in the changes of one commit.
  expect(ids.map((id) => gym.of("schedules", id).length)).toEqual([2, 2, 2]);
  await expect(page.getByRole("button", { name: "Give classes to" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => givers(gym, ids)).toEqual(["One Ill", "One Ill", "One Ill"]);
  await expect(page.getByRole("heading", { name: "3 classes a week" })).toBeVisible();
});

test("who is busy comes after who is free, and says when; some classes may stay", async ({
  visit,
  gym,
}) => {
  const { ill, plan, ids } = await illness(gym, "Two");
  const page = await visit(`/coaches/${ill.id}`);
  await page.getByRole("button", { name: "Give classes to" }).click();
  const drawer = await opened(page);
  const names = () =>
    drawer
      .getByRole("radio")
      .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).labels?.[0]?.textContent));
  const two = async () => (await names()).filter((name) => /^Two (Free|Busy)$/.test(name ?? ""));
  await expect.poll(two).toEqual(["Two Free", "Two Busy"]);
  const busy = drawer.getByRole("radio", { name: "Two Busy" });
  await expect(busy).toHaveAccessibleDescription(`teaches ${plan} on Tuesday 03:30`);
  await drawer.getByRole("checkbox", { name: "Tuesday 03:00" }).uncheck();
  await expect(busy).toHaveAccessibleDescription("free then");
  await drawer.getByRole("checkbox", { name: "Tuesday 03:00" }).check();
  await drawer.getByRole("checkbox", { name: "Friday 03:00" }).uncheck();
  await busy.check();
  await drawer.getByRole("button", { name: "Give 2 classes to Two Busy" }).click();
  await expect(
    page.getByText(`Two Busy also teaches ${plan} on Tuesday 03:30.`, { exact: false }),
  ).toBeVisible();
  await expect.poll(() => givers(gym, ids)).toEqual(["Two Busy", "Two Busy", "Two Ill"]);
});

test("classes that are given away without a connection are given when it is back", async ({
  visit,
  gym,
}) => {
  const { ill, ids } = await illness(gym, "Three");
  const page = await visit(`/coaches/${ill.id}`);
  await page.getByRole("button", { name: "Give classes to" }).click();
  const drawer = await opened(page);
  await goOffline(page);
  await drawer.getByRole("radio", { name: "Three Free" }).check();
  await drawer.getByRole("button", { name: "Give 3 classes" }).click();
  await expect(page.getByRole("heading", { name: "Classes", exact: true })).toBeVisible();
  expect(givers(gym, ids)).toEqual(["Three Ill", "Three Ill", "Three Ill"]);
  await page.context().setOffline(false);
  await expect.poll(() => givers(gym, ids)).toEqual(["Three Free", "Three Free", "Three Free"]);
});
