import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { renderApp } from "../../test/render";
import AccountsPage from "./accounts-page";
import { OwnPassword } from "./own-password";

const admin = { id: null, name: "admin", picture: "", username: "admin", role: "admin" } as const;
const viewer = { username: "viewer", role: "viewer", coach: null, last_seen: null };
let page: ReturnType<typeof renderApp>;

const connect = () =>
  act(async () => {
    page.socket.accept({ data: "", sid: "own", access: "required", user: admin });
    page.socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot: {} });
    await Promise.resolve();
  });
const sent = (event: string) => page.socket.of(event).length;

it("a password is changed as soon as there is a connection", async () => {
  page = renderApp(<OwnPassword />);
  await userEvent.type(screen.getByLabelText(/^Current password/), "long known");
  await userEvent.type(screen.getByLabelText(/^New password/), "long remembered");
  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
  expect(sent("set_password")).toBe(0);
  expect(screen.queryByRole("alert")).toBeNull();
  await connect();
  expect(sent("set_password")).toBe(1);
});

beforeEach(() => {
  localStorage.clear();
});

it.each([
  ["Delete: viewer", "Delete account", "delete_account"],
  ["Make password link: viewer", "Make link", "reset_link"],
])("%s waits while the page connects again", async (open, button, event) => {
  page = renderApp(<AccountsPage />);
  page.socket.answer("accounts", { ok: true, data: [viewer], errors: {} });
  await connect();
  await userEvent.click(await screen.findByRole("button", { name: open }));
  act(() => page.socket.drop());
  await userEvent.click(await screen.findByRole("button", { name: button }));
  expect(sent(event)).toBe(0);
  expect(screen.queryByText(/offline/)).toBeNull();
  await connect();
  expect(sent(event)).toBe(1);
});
