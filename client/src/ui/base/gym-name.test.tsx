import { renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useGymName } from "./gym-name";

afterEach(() => {
  document.head.innerHTML = "";
});

test("the gym is called what the page says", () => {
  const place = document.createElement("meta");
  place.name = "application-name";
  place.content = "</script><b> & Söhne";
  document.head.append(place);
  expect(renderHook(useGymName).result.current).toBe("</script><b> & Söhne");
});

test("a page that says nothing is of a gym without a name of its own", () => {
  expect(renderHook(useGymName).result.current).toBe("Spotter");
});
