import { expect, live, test } from "./fixtures";
import { slowServer } from "./slow";
import { choose, table } from "./tables";

test("ten thousand rows are cancelled midway, undone, and written after all", async ({
  page,
  gym,
}) => {
  // To write as much takes a while, on a busy machine too.
  test.slow();
  const server = await slowServer(page);
  await page.goto("/import?of=exercise_moves");
  await live(page);
  const lines = Array.from(
    { length: 10_000 },
    (_, at) => `Mass move ${at},Legs,One of ten thousand.`,
  );
  await choose(page, table("many.csv", ["name,focus,description", ...lines].join("\n")));
  const write = page.getByRole("button", { name: "Save 10,000 rows" });
  await expect(write).toBeEnabled({ timeout: 120_000 });
  await page.getByRole("button", { name: "After" }).click();
  await expect(page.getByText("51 to 100 of 10,000")).toBeVisible();
  // One part is written when the rest is called off, however soon all of it would be.
  server.holdAfter(/^43\d+\[\{"ok":true/);
  await write.click();
  await expect(page.getByText(/^[1-9]\d*,?\d* of 10,000 rows are saved.$/)).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  server.release();
  const said = page.getByText(/^Cancelled: /);
  await expect(said).toBeVisible();
  const made = () => gym.changes.filter(({ type }) => type === "put").length;
  const written = Number(/Cancelled: ([\d,]+)/.exec(await said.innerText())?.[1]?.replace(",", ""));
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(10_000);
  await expect.poll(made).toBe(written);
  // Each of the batches that it names is taken back by itself.
  const batch = page.getByRole("listitem").filter({ hasText: /^many.csv, rows 2 to/ });
  const size = Number(/: (\d+) /.exec(await batch.innerText())?.[1]);
  await batch.getByRole("button", { name: "Undo" }).click();
  await expect(batch).toHaveCount(0);
  await expect.poll(() => gym.changes.filter(({ type }) => type === "del").length).toBe(size);
  const left = (10_000 - written + size).toLocaleString("en");
  const rest = page.getByRole("button", { name: `Save ${left} rows` });
  await expect(rest).toBeEnabled({ timeout: 60_000 });
  await rest.click();
  await expect(page.getByText(new RegExp(`^${left} rows are saved`))).toBeVisible({
    timeout: 120_000,
  });
  await expect.poll(made).toBe(10_000 + size);
});
