/** The navigation, by how much room there is. */
import { expect, test } from "./fixtures";

test("on a tablet it is narrow, names its pages, and opens until one goes to one", async ({
  visit,
}) => {
  const page = await visit("/coaches", { viewport: { width: 1024, height: 768 } });
  const rail = page.getByRole("navigation", { name: "Main" });
  const width = async () => (await rail.boundingBox())?.width ?? 0;
  await expect.poll(width).toBeLessThan(100);
  for (const name of ["Timetable", "Coaches", "Plans", "Moves", "Changes"]) {
    const link = rail.getByRole("link", { name, exact: true });
    await expect(link).toBeInViewport({ ratio: 1 });
    await expect(link.getByText(name)).toBeInViewport({ ratio: 1 });
  }
  await expect(rail.getByLabel("Search")).toBeInViewport({ ratio: 1 });
  await expect(rail.getByRole("link", { name: "Sign in" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  const place = () => page.getByRole("main").boundingBox();
  await expect.poll(async () => (await place())?.width).toBeGreaterThan(900);
  const main = await place();

  const opener = page.getByRole("button", { name: "The whole menu" });
  await opener.click();
  await expect(opener).toHaveAttribute("aria-expanded", "true");
  await expect.poll(width).toBeGreaterThan(200);
  // It lies over the page, which stays where it is.
  await expect.poll(place).toEqual(main);
  await page.keyboard.press("Escape");
  await expect.poll(width).toBeLessThan(100);
  await expect(opener).toBeFocused();
  await opener.press("Enter");
  await rail.getByRole("link", { name: "Plans" }).click();
  await expect(page.getByRole("heading", { name: "Plans" })).toBeVisible();
  await expect.poll(width).toBeLessThan(100);
  await opener.click();
  await expect.poll(width).toBeGreaterThan(200);
  await page.mouse.click(700, 400);
  await expect.poll(width).toBeLessThan(100);
});

test("on a phone on its side all of it is in sight, with room for the page", async ({ visit }) => {
  const page = await visit("/coaches", {
    viewport: { width: 844, height: 390 },
    hasTouch: true,
    isMobile: true,
  });
  const rail = page.getByRole("navigation", { name: "Main" });
  for (const name of ["Timetable", "Coaches", "Plans", "Moves", "Changes", "Search", "Sign in"]) {
    await expect(rail.getByLabel(name).or(rail.getByRole("link", { name })).first()).toBeInViewport(
      { ratio: 1 },
    );
  }
  await expect
    .poll(async () => (await page.getByRole("main").boundingBox())?.width)
    .toBeGreaterThan(740);
  await expect(page.getByRole("link", { name: "Aisha Okafor" })).toBeInViewport();
});
