import { screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderApp } from "../../../test/render";
import { RailPlaces } from "./rail-places";

const place = (path: string) => ({ path, label: path.slice(1), icon: null });
const five = ["/a", "/b", "/c", "/d", "/account"].map(place);
const names = () => screen.getAllByRole("link").map(({ textContent }) => textContent);

/** The bar of a phone, or the rail of a wide window. */
function onPhone(matches: boolean): void {
  vi.spyOn(globalThis, "matchMedia").mockImplementation(
    (media) => ({ matches, media, addEventListener() {}, removeEventListener() {} }) as never,
  );
}
afterEach(() => void vi.restoreAllMocks());

it("marks the page that is open, and none whose address only begins alike", () => {
  renderApp(<RailPlaces places={[...five, place("/accounts")]} />, "/accounts");
  expect(names()).toHaveLength(6);
  const current = screen
    .getAllByRole("link")
    .filter((link) => link.getAttribute("aria-current") === "page");
  expect(current.map(({ textContent }) => textContent)).toEqual(["accounts"]);
});

it("of more than have room in the bar of a phone the last are under More", () => {
  onPhone(true);
  renderApp(<RailPlaces places={[...five, place("/accounts")]} />, "/accounts");
  const more = screen.getByRole("button", { name: "More" });
  const list = document.getElementById(more.getAttribute("popovertarget") ?? "");
  expect(Array.from(list?.querySelectorAll("a") ?? [], (link) => link.textContent)).toEqual([
    "account",
    "accounts",
  ]);
  expect(more.dataset["current"]).toBe("true");
});

it("as many as have room need no list", () => {
  onPhone(true);
  renderApp(<RailPlaces places={five} />);
  expect(screen.queryByRole("button", { name: "More" })).toBeNull();
});
