import { expect, it } from "vitest";
import { timeIn } from "./typed-time";

it.each([
  ["9", "900"],
  ["09:05", "905"],
  ["9.05", "905"],
  ["1830", "1830"],
  ["18h30", "1830"],
  ["18 Uhr", "1800"],
  ["6:30 pm", "1830"],
  ["6:30 PM", "1830"],
  ["6pm", "1800"],
  ["6p", "1800"],
  ["630p", "1830"],
  ["1130 am", "1130"],
  ["12345", null],
  ["12:15 a.m.", "15"],
  ["12 pm", "1200"],
  [" 0:00 ", "0"],
  ["24:00", null],
  ["13 pm", null],
  ["9:60", null],
  ["soon", null],
  ["", null],
])("%s is %s", (typed, time) => expect(timeIn(typed)).toBe(time));
