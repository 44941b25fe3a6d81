import { findings } from "./axe";
import { expect, test } from "./fixtures";

test("who edits a class is seen by the others, until she stops and until she leaves", async ({
  visit,
  gym,
  server,
}) => {
  const enter = async (name: string, path: string) => {
    const localStorage = [{ name: "spotter.token", value: await gym.account(name) }];
    const origins = [{ origin: server.url, localStorage }];
    return visit(path, { storageState: { cookies: [], origins } });
  };
  const slot = await gym.class("Seen by Ben", "Sunday", "1500");
  const [rose, ben] = await Promise.all([enter("Rose", `/classes/${slot.id}`), enter("Ben", "/")]);
  const card = ben.getByRole("cell").filter({ hasText: "Seen by Ben" });
  await expect(card.getByText("Rose is editing")).toBeVisible();
  await expect(rose.getByText("is editing")).toHaveCount(0);

  // Where nobody else edits, no room is kept to say so.
  const form = rose.getByRole("dialog").locator("form");
  const above = (await form.locator("> :not(output)").first().boundingBox())?.y ?? 0;
  expect(above - ((await form.boundingBox())?.y ?? 0)).toBeLessThan(2);

  const top = async () => (await form.getByLabel("Coach").boundingBox())?.y;
  const before = await top();

  const here = ben.getByRole("button", { name: /^Who is here: You, Rose/ });
  await here.click();
  const list = ben.getByRole("dialog", { name: "Who is here" });
  const item = list.getByRole("listitem").filter({ hasText: "Rose" });
  await expect(item.getByText(/^Editing the class Seen by Ben, \w+day \d/)).toBeVisible();
  expect(await findings(ben)).toEqual([]);
  await item.getByRole("link").click();

  await expect(list).toHaveCount(0);
  await expect(ben.getByRole("status").getByText("Rose is editing this too.")).toBeVisible();
  await expect(rose.getByText("Ben is editing this too.")).toBeVisible();
  // Nothing under the pointer moves when he comes.
  await expect.poll(top).toBe(before);

  await rose.getByRole("button", { name: "Cancel" }).click();
  await expect(ben.getByText("Rose is editing")).toHaveCount(0);
  await expect(rose.getByText("Ben is editing")).toBeVisible();

  const plan = slot["workout_plan"] as { id: number };
  await rose.goto(`${server.url}/plans/${plan.id}`);
  const line = rose
    .getByRole("listitem")
    .filter({ has: rose.getByRole("link", { name: "15:00" }) });
  await expect(line.last().getByText("Ben is editing")).toBeVisible();

  await rose.close();
  await ben.getByRole("button", { name: "Cancel" }).click();
  await expect(ben.getByRole("button", { name: /^Who is here: You/ })).toBeVisible();
  await expect(here).toHaveCount(0);
});
