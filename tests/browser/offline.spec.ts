import { expect, field, goOffline, live, test } from "./fixtures";
import { Gym } from "./gym";
import { Server, STARTING } from "./server";

test("edits made offline survive a reload and are sent once", async ({ visit, gym }) => {
  const coach = await gym.coach("Olga Offline", { age: 30 });
  const page = await visit(`/coaches/${coach.id}`);
  await goOffline(page);

  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByText("What you save is kept on this device")).toBeVisible();
  await field(page, "Age").fill("31");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It is kept on this device")).toBeVisible();
  await expect(page.getByText("1 unsent")).toBeVisible();

  await page.goto(`/coaches/${coach.id}/edit`);
  await field(page, "Name").fill("Olga Online");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("2 unsent")).toBeVisible();
  await page.reload();
  await expect(page.getByText("2 unsent")).toBeVisible();
  expect(gym.of("coaches", coach.id)).toHaveLength(1);

  await page.context().setOffline(false);
  await live(page);
  await expect(page.getByText("unsent", { exact: false })).toHaveCount(0);
  await page.goto(`/coaches/${coach.id}`);
  await expect(page.getByRole("heading", { name: "Olga Online" })).toBeVisible();
  await page.reload();
  await live(page);
  const sent = () => gym.of("coaches", coach.id).map((change) => change.record);
  const ages = [{ age: 30 }, { age: 31 }, { age: 31, name: "Olga Online" }];
  await expect.poll(sent).toMatchObject(ages);
  expect(sent()).toHaveLength(3);
});

test("an offline edit that collides is kept until somebody decides", async ({ visit, gym }) => {
  const coach = await gym.coach("Kim Collide", { age: 30 });
  const page = await visit(`/coaches/${coach.id}`);
  await goOffline(page);
  await page.getByRole("link", { name: "Edit" }).click();
  await field(page, "Age").fill("50");
  await page.getByRole("button", { name: "Save" }).click();
  await gym.ask("update_coach", { id: coach.id, age: 40 });
  await page.context().setOffline(false);

  await page.getByRole("button", { name: "1 to check" }).click();
  // What said that it waits says so no more.
  await expect(page.getByText("is not sent yet")).toHaveCount(0);
  const outbox = page.getByRole("dialog", { name: "Your edits" });
  await expect(outbox.getByText("1 edit is not saved: please check it.")).toBeVisible();
  await expect(outbox.getByText("Everything is saved")).toHaveCount(0);
  await expect(outbox.getByText("changed this meanwhile: age: 40.")).toBeVisible();
  await outbox.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Mine: 50" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("definition").filter({ hasText: /^50$/ })).toBeVisible();
  await expect(page.getByText("to check")).toHaveCount(0);
  const ages = () => gym.of("coaches", coach.id).map((change) => change.record?.["age"]);
  await expect.poll(ages).toEqual([30, 40, 50]);
});

test("nothing typed is lost when the server is killed and comes back", async ({ browser }) => {
  // It starts a server of its own, twice.
  test.setTimeout(2 * STARTING + 180_000);
  const server = await Server.start();
  const gym = await Gym.connect(server.url);
  const coach = await gym.coach("Sid Survivor", { age: 30 });
  gym.close();
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto(`/coaches/${coach.id}/edit`);
  await live(page);
  await field(page, "Age").fill("3");
  await server.kill();
  await expect(page.getByText(/^(Reconnecting|Offline since)/)).toBeVisible();
  await field(page, "Age").pressSequentially("9");
  await server.up();
  await live(page);
  await expect(field(page, "Age")).toHaveValue("39");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("definition").filter({ hasText: /^39$/ })).toBeVisible();
  // What is shown may not have been sent yet.
  await expect(async () => {
    const after = await Gym.connect(server.url);
    after.close();
    expect(after.all("coaches").find(({ id }) => id === coach.id)).toMatchObject({ age: 39 });
  }).toPass();
  await context.close();
  await server.remove();
});
