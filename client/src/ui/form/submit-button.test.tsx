import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderApp } from "../../../test/render";
import { SubmitButton } from "./submit-button";

it("is reached also while it is grey, and says why it is", async () => {
  const submit = vi.fn<() => void>();
  renderApp(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <SubmitButton why="First choose one.">Do it</SubmitButton>
    </form>,
  );
  await userEvent.tab();
  const button = screen.getByRole("button", { name: "Do it" });
  expect(document.activeElement).toBe(button);
  const described = button.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("First choose one.");
  expect(button.getAttribute("aria-disabled")).toBe("true");
});

it("no form has a main button that is disabled without a word", () => {
  const sources = import.meta.glob<string>(["../../**/*.tsx", "!../../**/*.test.tsx"], {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const silent = Object.entries(sources).filter(([, source]) =>
    Array.from(source.matchAll(/<Button\b(?:[^>]|=>)*>/g)).some(
      ([tag]) => tag.includes('type="submit"') && /\sdisabled\b/.test(tag),
    ),
  );
  expect(silent.map(([path]) => path)).toEqual([]);
});
