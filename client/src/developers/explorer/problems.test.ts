import { expect, test } from "vitest";
import { messagesOf, partOf, problemsIn } from "./problems";

const errors = {
  errors: "Name: Please fill this in. (1 more to correct.)",
  name: ["Please fill this in."],
  moves: { 0: { id: ["Please choose one."] } },
};

test("each message has the path of its field", () => {
  expect([...problemsIn(errors)]).toEqual([
    ["errors", "Name: Please fill this in. (1 more to correct.)"],
    ["name", "Please fill this in."],
    ["moves.0.id", "Please choose one."],
  ]);
});

test("a field is told what is said of it, and a list nothing that is said of its elements", () => {
  expect(messagesOf(partOf(errors, "name"))).toBe("Please fill this in.");
  const moves = partOf(errors, "moves");
  expect(messagesOf(moves)).toBeNull();
  expect(messagesOf(partOf(partOf(moves, "0"), "id"))).toBe("Please choose one.");
  expect(messagesOf(partOf(undefined, "name"))).toBeNull();
});
