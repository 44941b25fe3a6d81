import { io } from "socket.io-client";
import { expect, field, live, test } from "./fixtures";
import { slowServer } from "./slow";

test("an edit that is refused after its form was left waits for a decision", async ({
  page,
  gym,
}) => {
  const username = `taken.${Date.now()}`;
  await gym.coach("Tess Taken", { age: 30, username, password: "long enough" });
  const coach = await gym.coach("Lea Left", { age: 30 });
  const server = await slowServer(page);
  await page.goto(`/coaches/${coach.id}/edit`);
  await live(page);
  await field(page, "Username").fill(username);
  server.hold();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Plans" }).click();
  await expect(page.getByRole("heading", { name: "Plans" })).toBeVisible();
  server.release();
  await page.getByRole("button", { name: "1 to check" }).click();
  const edits = page.getByRole("dialog", { name: "Your edits" });
  await expect(edits.getByText(`username: ${username}`)).toBeVisible();
  await edits.getByRole("button", { name: "Review" }).click();
  await expect(field(page, "Username")).toHaveValue(username);
});

test("an edit whose answer was lost to a reload is sent again, and done once", async ({
  page,
  gym,
}) => {
  const coach = await gym.coach("Rae Reload", { age: 30 });
  const server = await slowServer(page);
  await page.goto(`/coaches/${coach.id}/edit`);
  await live(page);
  await field(page, "Age").fill("31");
  server.hold();
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => gym.of("coaches", coach.id)).toHaveLength(2);
  // What is held goes with the page.
  server.hold();
  await page.reload();
  await expect(page.getByText("1 unsent")).toBeVisible();
  server.release();
  await expect(page.getByText("1 unsent")).toHaveCount(0);
  await page.getByRole("button", { name: "Live" }).click();
  await expect(page.getByText("Everything is saved")).toBeVisible();
  expect(gym.of("coaches", coach.id)).toHaveLength(2);
});

test("a session that ends by itself takes nothing of its owner along", async ({
  page,
  server,
  gym,
}) => {
  const username = `eve.ended.${Date.now()}`;
  const { id } = await gym.coach("Eve Ended", { age: 30, username, password: "long enough" });
  const signIn = async () => {
    await field(page, "Username").fill(username);
    await field(page, "Password").fill("long enough");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText(`Signed in as ${username}`)).toBeVisible();
  };
  await page.goto("/account");
  await signIn();
  const { token } = await page.evaluate(
    () => JSON.parse(localStorage.getItem("spotter.token") ?? "{}") as { token: string },
  );
  await page.getByRole("link", { name: "My profile" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await field(page, "Age").fill("31");
  const elsewhere = io(server.url, { transports: ["websocket"], forceNew: true, auth: { token } });
  await elsewhere.emitWithAck("logout");
  elsewhere.close();
  await expect(page.getByText("You have been signed out")).toBeVisible();
  await expect(field(page, "Age")).toHaveValue("30");
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn();
  await page.getByRole("link", { name: "My profile" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(field(page, "Age")).toHaveValue("31");
  expect(gym.of("coaches", id)).toHaveLength(1);
});
