import { settled } from "@spotter/realtime/testing";
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { Route } from "wouter";
import { renderApp } from "../../../test/render";
import CoachFormPage from "./form";

const ada = { id: 1, name: "Ada Lovelace", age: 30, picture: "", username: "" };
const answer = (mode: object) => ({ epoch: "e", ...mode });
const user = userEvent.setup();
const field = (name: string) => screen.getByRole("textbox", { name: new RegExp(`^${name}`) });

function open(path: string) {
  const page = renderApp(
    <>
      <Route path="/coaches/new" component={CoachFormPage} />
      <Route path="/coaches/:id/edit" component={CoachFormPage} />
    </>,
    path,
  );
  act(() => {
    page.socket.accept();
    const coaches = [{ rev: 3, record: ada }];
    page.socket.receive("sync", answer({ mode: "snapshot", seq: 5, snapshot: { coaches } }));
  });
  return page;
}

async function click(name: RegExp | string): Promise<void> {
  await user.click(screen.getByRole("button", { name }));
}

it("is called after whom it is about, on the page and in the tab", () => {
  open("/coaches/1/edit");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Edit Ada Lovelace");
  expect(document.title).toMatch(/^Edit Ada Lovelace · /);
});

describe("a new coach", () => {
  it("says what is wrong while one types, and sends nothing", async () => {
    const { socket } = open("/coaches/new");
    await user.type(field("Name"), "A");
    expect(screen.getByText("Must have 2 to 40 characters.")).toBeDefined();
    await user.type(field("Age"), "17");
    expect(screen.getByText("Must be a whole number from 18 to 100.")).toBeDefined();
    await click("Add coach");
    expect(socket.sent).toEqual([]);
  });

  it("sends what was typed, with an empty text for what was left empty", async () => {
    const { socket, history } = open("/coaches/new");
    await user.type(field("Name"), " Bo ");
    await user.type(field("Age"), "41");
    await click("Add coach");
    const data = { name: "Bo", age: 41, picture: "", username: "" };
    expect(socket.last()).toMatchObject({ event: "new_coach", args: [data, {}] });
    expect(socket.last().args[0]).toEqual(data);
    const ack = { ok: true, data: { ...ada, id: 9 }, errors: {}, meta: { seq: 6, rev: 6 } };
    await act(async () => {
      socket.last().ack(ack);
      await settled();
    });
    expect(history.at(-1)).toBe("/coaches/9");
    expect(sessionStorage.length).toBe(0);
  });

  it("puts the server's errors beside their fields and keeps what was typed", async () => {
    const { socket } = open("/coaches/new");
    await user.type(field("Name"), "Bo");
    await user.type(field("Age"), "41");
    await user.type(field("Username"), "ada");
    await click("Add coach");
    const errors = { username: ["Already taken."], errors: "The coach was not saved." };
    await act(async () => {
      socket.last().ack({ ok: false, data: null, errors, meta: { code: "invalid" } });
      await settled();
    });
    expect(field("Username").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Already taken.")).toBeDefined();
    expect(screen.getByText("The coach was not saved.")).toBeDefined();
    expect(field("Name")).toHaveProperty("value", "Bo");
  });

  it("has what was typed when the page is opened again", async () => {
    const { unmount } = open("/coaches/new");
    await user.type(field("Name"), "Half a na");
    unmount();
    open("/coaches/new");
    expect(field("Name")).toHaveProperty("value", "Half a na");
    await click("Discard it");
    expect(field("Name")).toHaveProperty("value", "");
  });
});

describe("an edit", () => {
  let page: ReturnType<typeof open>;
  const change = (record: object | null, seq: number) =>
    act(() => {
      const type = record ? "put" : "del";
      const changes = [{ channel: "coaches", type, id: 1, rev: seq, record, actor: "Rose" }];
      page.socket.receive("changes", answer({ prev: seq - 1, seq, changes }));
    });

  beforeEach(() => {
    page = open("/coaches/1/edit");
  });

  it("sends the changed fields only, on top of the rev they were typed on", async () => {
    await user.clear(field("Age"));
    await user.type(field("Age"), "31");
    await click("Save");
    expect(page.socket.last()).toMatchObject({
      event: "update_coach",
      args: [{ id: 1, age: 31 }, { base: 3 }],
    });
    expect(page.socket.last().args[0]).toEqual({ id: 1, age: 31 });
  });

  it("takes over what somebody else changed elsewhere in the record", async () => {
    await user.clear(field("Age"));
    await user.type(field("Age"), "31");
    change({ ...ada, name: "Ada King" }, 6);
    expect(field("Name")).toHaveProperty("value", "Ada King");
    expect(field("Age")).toHaveProperty("value", "31");
    expect(screen.getByText("Rose changed this while you were editing")).toBeDefined();
    await click("Save");
    expect(page.socket.last().args).toMatchObject([{ id: 1, age: 31 }, { base: 6 }]);
  });

  it.each([
    ["Theirs", "44"],
    ["Mine", "31"],
  ])("asks which one should stay where both changed a field: %s", async (choice, age) => {
    await user.clear(field("Age"));
    await user.type(field("Age"), "31");
    change({ ...ada, age: 44 }, 6);
    expect(field("Age")).toHaveProperty("value", "31");
    const save = screen.getByRole("button", { name: "Save" });
    expect(save.getAttribute("aria-disabled")).toBe("true");
    await click(new RegExp(`^${choice}`));
    expect(field("Age")).toHaveProperty("value", age);
    expect(page.socket.of("update_coach")).toEqual([]);
    await click("Save");
    expect(page.socket.of("update_coach")).toHaveLength(choice === "Mine" ? 1 : 0);
  });

  it("keeps what was typed when the record is deleted, and can save it as a new one", async () => {
    await user.clear(field("Age"));
    await user.type(field("Age"), "31");
    change(null, 6);
    expect(screen.getByText("Rose deleted this meanwhile")).toBeDefined();
    await click("Save as new");
    expect(page.socket.last()).toMatchObject({
      event: "new_coach",
      args: [{ name: "Ada Lovelace", age: 31 }, {}],
    });
  });
});
