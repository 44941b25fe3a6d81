import type { Present } from "@spotter/realtime";
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { gather, inWords } from "../base/people";
import { ChangeHighlight } from "../record/change-highlight";
import { PresenceBar } from "./presence-bar";

function present(sid: string, name: string, id: number | null = null): Present {
  return { sid, name, since: 1, editing: id === null ? null : { channel: "coaches", id } };
}

const coach = { id: 3, name: "Ada Holm", age: 30, picture: "", username: "" };
let page: ReturnType<typeof renderApp>;
const hear = (...users: Present[]) => act(() => page.socket.receive("presence", { users }));

beforeEach(() => {
  page = renderApp(
    <>
      <PresenceBar />
      <ChangeHighlight channel="coaches" id={3}>
        A record
      </ChangeHighlight>
      <ChangeHighlight channel="coaches" id={4} inside>
        A full box
      </ChangeHighlight>
    </>,
  );
  act(() => {
    page.socket.accept({ data: "", sid: "own", access: "open", user: null });
    const snapshot = { coaches: [{ rev: 1, record: coach }] };
    page.socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot });
  });
});

it("says who is here in one line, and opens the whole list", async () => {
  expect(screen.queryByRole("button")).toBeNull();
  hear(present("b", "Ben Whitaker", 3), present("own", "Someone"), present("s", "Someone"));
  const button = screen.getByRole("button", { name: /Who is here: You, Ben and 1 other/ });
  await userEvent.click(button);
  const items = await screen.findAllByRole("listitem");
  const [own, ben, stranger] = items.map((item) => item.textContent);
  expect(own).toMatch(/Someone You\s*Here since/);
  expect(ben).toMatch(/Ben Whitaker\s*Editing the coach Ada Holm$/);
  expect(stranger).toMatch(/Someone\s*Here since/);
  expect(items).toHaveLength(3);
});

it("says who edits a record, until they don't, and never that we do", () => {
  hear(present("r", "Rose", 3), present("own", "Someone", 3));
  expect(screen.getByTitle("Rose is editing").textContent).toBe("Rose is editing");
  hear(present("r", "Rose", 3), present("b", "Ben", 3));
  expect(screen.getByTitle("Rose and Ben are editing")).toBeDefined();
  hear(present("r", "Rose"), present("own", "Someone", 3));
  expect(screen.queryByTitle(/editing/)).toBeNull();
});

it("says it by initials in a box that is full of words, and in words to who cannot see them", () => {
  const on4 = { channel: "coaches", id: 4 } as const;
  hear({ ...present("r", "Rose Ann Lee"), editing: on4 });
  const badge = screen.getByTitle("Rose Ann Lee is editing this");
  const [seen, heard] = Array.from(badge.children);
  expect(seen?.textContent).toBe("RL");
  expect(seen?.getAttribute("aria-hidden")).toBe("true");
  expect(heard?.textContent).toBe("Rose Ann Lee is editing this");
});

it("counts people, not pages", () => {
  const isOwn = ({ sid }: Present) => sid === "own";
  const people = (...users: Present[]) => gather(users, isOwn);
  const own = present("own", "Ada");
  expect(inWords(people(own))).toBe("Only you");
  expect(inWords(people(present("1", "Rose"), own))).toBe("You and Rose");
  const rose = people(present("1", "Rose Okafor"), own, present("2", "Rose Okafor", 3));
  expect(inWords(rose)).toBe("You and Rose");
  expect(rose.map(({ name, editing }) => [name, editing?.id])).toEqual([
    ["Ada", undefined],
    ["Rose Okafor", 3],
  ]);
  const strangers = [present("3", "Someone"), present("4", "Someone")];
  expect(inWords(people(own, ...strangers))).toBe("You and 2 others");
  expect(inWords(people(present("1", "Rose"), ...strangers))).toBe("You, Rose and 2 others");
});
