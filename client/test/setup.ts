import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Mantine asks for these on every mount, and happy-dom lacks them.
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => {},
  removeEventListener: () => {},
})) as unknown as typeof window.matchMedia;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// Whose clock and week the tests are written for.
Object.defineProperty(navigator, "languages", { value: ["en-GB"], configurable: true });

configure({ asyncUtilTimeout: 30_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
