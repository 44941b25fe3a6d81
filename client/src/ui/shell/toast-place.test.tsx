import { render, screen } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useClearPlace } from "./toast-place";

/** Where each corner is in a window of 1000 × 800, and where other things are, by what they say of it. */
const boxes: Record<string, DOMRect> = {
  "bottom end": new DOMRect(700, 700, 300, 100),
  "bottom start": new DOMRect(0, 700, 300, 100),
  "top end": new DOMRect(700, 0, 300, 100),
  "top start": new DOMRect(0, 0, 300, 100),
  page: new DOMRect(0, 0, 1000, 800),
};

beforeEach(() => {
  vi.stubGlobal("innerWidth", 1000);
  vi.stubGlobal("innerHeight", 800);
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function at(
    this: Element,
  ) {
    const { place = "", box = "" } = (this as HTMLElement).dataset;
    return boxes[place] ?? boxes[box] ?? new DOMRect();
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function Toasts({ shown }: { shown: readonly string[] }) {
  const element = useRef<HTMLElement>(null);
  useClearPlace(element, shown);
  return (
    <section ref={element} aria-label="Toasts">
      {shown.map((about) => (
        <p key={about} data-about={about} />
      ))}
    </section>
  );
}

/** In which corner a toast is beside these things. */
function placeBeside(things: React.ReactNode, about = ""): string | undefined {
  render(
    <>
      {things}
      <Toasts shown={[about]} />
    </>,
  );
  return screen.getByRole("region", { name: "Toasts" }).dataset["place"];
}

it("is in the best corner, if nothing there is needed", () => {
  expect(placeBeside(<button data-box="bottom end">Of the page</button>)).toBe("bottom end");
});

it("leaves it for the buttons of a dialog, and for those of a form", () => {
  const things = (
    <>
      <div aria-modal="true">
        <button data-box="bottom end">Save</button>
      </div>
      <div data-keep-clear data-box="bottom start" />
    </>
  );
  expect(placeBeside(things)).toBe("top end");
});

it("leaves it for the record that it is about", () => {
  const things = (
    <>
      <p data-record="coaches/7" data-box="bottom end" />
      <p data-record="coaches/8" data-box="bottom start" />
    </>
  );
  expect(placeBeside(things, "coaches/7")).toBe("bottom start");
});

it("what fills the page is under it anywhere, and counts for nothing", () => {
  const things = (
    <div aria-modal="true">
      <button data-box="page">The page behind</button>
    </div>
  );
  expect(placeBeside(things)).toBe("bottom end");
});

it("where all corners are needed it covers the least", () => {
  boxes["half"] = new DOMRect(0, 0, 150, 100);
  const needed = ["bottom end", "bottom start", "top end", "half"];
  const things = needed.map((box) => <div key={box} data-keep-clear data-box={box} />);
  expect(placeBeside(things)).toBe("top start");
});
