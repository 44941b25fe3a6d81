import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { ChangedValue } from "./changed-value";

const said = (from: string, to: string | null) =>
  render(<ChangedValue from={from} to={to} />).container.textContent;

it("says what a value was and is", () => {
  expect(said("39", "40")).toBe("from 39 to 40");
  expect(said("39", "")).toBe("from 39 to (empty)");
});

it("says what there is alone, where there was nothing or is nothing any more", () => {
  expect(said("", "40")).toBe("40");
  expect(said("39", null)).toBe("39");
});
