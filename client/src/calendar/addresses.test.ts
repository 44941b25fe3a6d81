import { expect, it } from "vitest";
import { addressOf, publicAddress } from "./addresses";

it("names the calendar of all, and of one coach", () => {
  expect(publicAddress("https://gym.example", undefined)).toBe("https://gym.example/timetable.ics");
  expect(publicAddress("https://gym.example", 7)).toBe("https://gym.example/timetable/7.ics");
  expect(addressOf("https://gym.example/feed/timetable.icsX/timetable.ics", 7)).toBe(
    "https://gym.example/feed/timetable.icsX/timetable/7.ics",
  );
});
