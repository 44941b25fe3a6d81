import { afterEach, describe, expect, it } from "vitest";
import { BrowserStorage, storageProblem } from "./browser-storage.js";

/** A storage that cannot be used as one: each use of it throws, or it is not there at all. */
function broken(error: DOMException | null): () => Storage {
  if (error === null) return () => undefined as unknown as Storage;
  return () => {
    throw error;
  };
}

afterEach(() => storageProblem.set(null));

describe("what the browser does not store", () => {
  it.each([
    ["that is blocked", "blocked", new DOMException("no", "SecurityError")],
    ["that is full", "full", new DOMException("full", "QuotaExceededError")],
    ["that is missing", "blocked", null],
  ])("is in this page's memory, with a storage %s, and that is said", (_how, why, error) => {
    const storage = new BrowserStorage(broken(error));
    expect(storage.get("a")).toBeNull();
    expect(storage.keys("")).toEqual([]);
    storage.setOptional("a", "1");
    expect(storageProblem.get()).toBeNull();
    expect(storage.set("b", "2")).toBe(false);
    expect(storageProblem.get()).toBe(why);
    expect([storage.get("a"), storage.get("b")]).toEqual(["1", "2"]);
    expect(storage.keys("b")).toEqual(["b"]);
    storage.remove("b");
    expect(storage.get("b")).toBeNull();
  });

  it("is the newest value where only an older one fits", () => {
    let full = false;
    const area = new Map<string, string>([["a", "old"]]);
    const quotaArea = {
      getItem: (name: string) => area.get(name) ?? null,
      setItem: (name: string, value: string) => {
        if (full) throw new DOMException("full", "QuotaExceededError");
        area.set(name, value);
      },
    } as unknown as Storage;
    const storage = new BrowserStorage(() => quotaArea);
    full = true;
    storage.set("a", "new");
    expect(storage.get("a")).toBe("new");
    full = false;
    storage.set("a", "newer");
    expect([storage.get("a"), area.get("a")]).toEqual(["newer", "newer"]);
  });
});
