import { expect, opened, signIn, testOn } from "./fixtures";
import { Gym } from "./gym";
import { PASSWORD } from "./server";

const test = testOn({ ACCESS: "public-read" });

test("who may only look and opens the address of a class's form is told so, and how to go on", async ({
  page,
  server,
}) => {
  const gym = await Gym.signedIn(server.url, "admin", PASSWORD);
  await gym.ask("new_account", { username: "looks", role: "viewer", password: "long enough" });
  gym.close();
  for (const user of [null, "looks"]) {
    if (user) {
      await signIn(page, user, "long enough");
      await expect(page.getByText(`Signed in as ${user}`)).toBeVisible();
    }
    const title = (only: string) => (user ? only : "Please sign in first");
    await page.goto("/classes/1/edit");
    let drawer = await opened(page);
    await expect(drawer.getByText(/^Every .*day, \d\d:\d\d to \d\d:\d\d, with /)).toBeVisible();
    await expect(
      drawer.getByRole("heading", { name: title("Only coaches and admins can change classes") }),
    ).toBeVisible();
    await page.goto("/classes/new");
    drawer = await opened(page);
    await expect(
      drawer.getByRole("heading", { name: title("Only coaches and admins can add classes") }),
    ).toBeVisible();
    await expect(drawer.getByRole("textbox")).toHaveCount(0);
    await expect(drawer.locator("a[href='/account']")).toBeVisible();
    await drawer.locator("a[href='/']").click();
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});
