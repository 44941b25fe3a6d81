import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { CoachSelect } from "./select";

const user = userEvent.setup();
const ada = { id: 1, name: "Ada Holm", age: 30, picture: "", username: "" };
const ben = { id: 2, name: "Ben Cole", age: 41, picture: "", username: "" };

function Chooser() {
  const [coach, setCoach] = useState<number | null>(null);
  return (
    <>
      <CoachSelect
        label="Coach"
        value={coach}
        onChange={(chosen) => setCoach(chosen?.id ?? null)}
      />
      <output>{coach ?? "nobody"}</output>
    </>
  );
}

/** Shows it to somebody of that role, in a gym with two coaches. */
function open(role: "admin" | "coach") {
  const page = renderApp(<Chooser />);
  act(() => {
    const me = { id: null, name: "Me", picture: "", username: "me", role };
    page.socket.accept({ data: "", sid: "own", access: "required", user: me });
    const snapshot = { coaches: [ada, ben].map((record) => ({ rev: 1, record })) };
    page.socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot });
  });
  return screen.getByRole("combobox", { name: "Coach" });
}

const offered = () => screen.queryAllByRole("option").map(({ textContent }) => textContent);
const chosen = () => screen.getByRole("status").textContent;

it("offers to make what was typed, but not what is there by that name", async () => {
  const input = open("admin");
  await user.click(input);
  expect(offered()).toEqual(["Ada Holm", "Ben Cole", "New coach"]);
  await user.type(input, "ad");
  expect(offered()).toEqual(["Ada Holm", 'New coach "ad"']);
  await user.type(input, "a holm");
  expect(offered()).toEqual(["Ada Holm", "New coach"]);
});

it("offers nothing that the server would refuse", async () => {
  const input = open("coach");
  await user.type(input, "zoe");
  expect(offered()).toEqual([]);
  expect(screen.getByText("No coach of that name")).toBeDefined();
  await user.keyboard("{Enter}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(chosen()).toBe("nobody");
});

it("takes the first that fits by Enter, and the one that the arrows point at", async () => {
  const input = open("admin");
  await user.type(input, "ben{Enter}");
  expect(chosen()).toBe("2");
  await user.clear(input);
  await user.type(input, "e{ArrowDown}{ArrowDown}{Enter}");
  await screen.findByRole("dialog", { name: "New coach" });
  expect(screen.getByRole("textbox", { name: /^Name/ })).toHaveProperty("value", "e");
});

it("makes what was typed in a dialog, with that name in it", async () => {
  const input = open("admin");
  await user.type(input, "Zoe Ray{Enter}");
  expect(await screen.findByRole("dialog", { name: "New coach" })).toBeDefined();
  expect(screen.getByRole("textbox", { name: /^Name/ })).toHaveProperty("value", "Zoe Ray");
  expect(chosen()).toBe("nobody");
});
