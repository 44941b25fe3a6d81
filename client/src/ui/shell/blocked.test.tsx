import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderApp } from "../../../test/render";
import { NotLoaded } from "../base/not-loaded";
import { Blocked } from "./blocked";

const BLOCKED = "You are offline, although the server can be reached.";
const OFFLINE = "You are offline";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page without a connection for a while, whose server can be reached or not. */
async function without(isThere: boolean): Promise<void> {
  const fetched = () => (isThere ? Promise.resolve({ ok: true }) : Promise.reject(new Error()));
  vi.stubGlobal("fetch", fetched);
  const { socket } = renderApp(
    <Blocked>
      <NotLoaded />
    </Blocked>,
  );
  await act(async () => {
    socket.accept();
    socket.drop();
    await vi.advanceTimersByTimeAsync(30_000);
  });
}

it("that nothing lets a live connection through is said in place of being offline", async () => {
  await without(true);
  expect(screen.getByText(BLOCKED)).toBeDefined();
  expect(screen.getByText("Not loaded yet")).toBeDefined();
  expect(screen.queryByText(/online again/)).toBeNull();
  expect(screen.queryByText(OFFLINE)).toBeNull();
  act(() => void dispatchEvent(new Event("offline")));
  expect(screen.queryByText(BLOCKED)).toBeNull();
  expect(screen.getByText(OFFLINE)).toBeDefined();
});

it("where the server is not reached either, one is offline", async () => {
  await without(false);
  expect(screen.queryByText(BLOCKED)).toBeNull();
  expect(screen.getByText(OFFLINE)).toBeDefined();
});
