import { afterEach, expect, it, vi } from "vitest";
import { diagnosis } from "./diagnosis.js";

const attempt = {
  url: new URL("http://localhost:5555"),
  namespace: "/",
  message: "websocket error",
  page: "http://localhost:5173",
};

/** What answers where a server was expected: to who may read it, and to who may not. */
function answers(readable: Response | null, opaque: Response | null): void {
  const fetched = (_: URL, { mode }: RequestInit = {}) => {
    const answer = mode === "no-cors" ? opaque : readable;
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError("Failed to fetch"));
  };
  vi.stubGlobal("fetch", vi.fn(fetched));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it("tells that nothing answers, and how to give another address", async () => {
  answers(null, null);
  expect(await diagnosis(attempt)).toBe(
    'Nothing answers at http://localhost:5555. Start the server, or give its address and port: createRealtime({ url: "http://localhost:5555" }).',
  );
});

it("tells that something else answers", async () => {
  answers(new Response("<!doctype html>"), null);
  expect(await diagnosis(attempt)).toContain("What answers at http://localhost:5555 is not");
});

it("tells that the page's origin is not let in, and the setting that lets it in", async () => {
  answers(null, new Response());
  expect(await diagnosis(attempt)).toContain("ALLOWED_ORIGINS=http://localhost:5173");
});

it("tells that no websocket comes through", async () => {
  answers(Response.json({ ok: true, version: "1.0.0" }), null);
  expect(await diagnosis(attempt)).toContain("no websocket comes through");
});

it("asks nobody where the message says it all", async () => {
  answers(null, null);
  const there = { ...attempt, namespace: "/nowhere", message: "Invalid namespace" };
  expect(await diagnosis(there)).toContain("has no namespace /nowhere");
  const secure = { ...attempt, url: new URL("http://gym.example"), page: "https://app.example" };
  expect(await diagnosis(secure)).toContain("with TLS");
  expect(fetch).not.toHaveBeenCalled();
});
