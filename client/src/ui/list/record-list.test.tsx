import { act, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render";
import { RecordList } from "./record-list";

const sorts = { name: { label: () => "By name", compare: () => 0 } };

/** A list in which a search finds nothing, with filters or without. */
function nothingFound(filters?: ReactNode) {
  const { socket } = renderApp(
    <RecordList
      channel="coaches"
      sorts={sorts}
      searchText={({ name }) => name}
      filters={filters}
      item={({ name }) => name}
      hint=""
    />,
    "/coaches?q=nobody",
  );
  const coach = { id: 1, name: "Ann", age: 30, username: "", picture: "" };
  act(() => {
    socket.accept();
    const snapshot = { coaches: [{ rev: 1, record: coach }] };
    socket.receive("sync", { epoch: "e", mode: "snapshot", seq: 5, snapshot });
  });
}

it("what finds nothing names other filters only where there are some", () => {
  nothingFound();
  expect(screen.getByText("Try another search.")).toBeDefined();
});

it("where there are filters they may be why nothing is found", () => {
  nothingFound(<button type="button">Level</button>);
  expect(screen.getByText("Try another search or other filters.")).toBeDefined();
});
