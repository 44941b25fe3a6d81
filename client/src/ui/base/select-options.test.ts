import { expect, it } from "vitest";
import { choices, ofCoach } from "./select-options";

const coach = (id: number, name: string, age: number, username = "") => ({
  id,
  name,
  age,
  picture: "",
  username,
});
const labels = (...coaches: ReturnType<typeof coach>[]) =>
  choices(coaches, ofCoach).map(({ label }) => label);

it("a name that only one has stays as it is", () => {
  expect(labels(coach(1, "Ada", 30), coach(2, "Bo", 30))).toEqual(["Ada", "Bo"]);
});

it("namesakes are told apart by what one knows of them", () => {
  expect(labels(coach(1, "Ada", 30, "ada"), coach(2, "Ada", 41))).toEqual([
    "Ada (@ada)",
    "Ada (41 years)",
  ]);
});

it("and by their number where that is the same", () => {
  expect(labels(coach(1, "Zoë", 30), coach(2, "Zoe", 30), coach(3, "zoë", 30))).toEqual([
    "Zoë (30 years, no. 1)",
    "Zoe (30 years, no. 2)",
    "zoë (30 years, no. 3)",
  ]);
});
