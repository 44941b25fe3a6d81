import { room } from "../../ui/base/language";

const english = {
  title: "Keyboard shortcuts",
  close: "Close",
  ctrl: "Ctrl",
  enter: "Enter",
  esc: "Esc",
  space: "Space",
  searchEverything: "Search everything",
  save: "Save the form",
  escape: "Close a dialog, put back a class that you are moving, or clear the selection",
  pickUp: "On the handle of a class: pick it up, and put it down",
  select: "On a class: select it. With Shift: select all classes up to it",
  arrows: "Move through the timetable, or move the class that you picked up",
  create: "Add to the page you are on: a class, coach, plan or move",
  searchPage: "Search this page",
  nextWeek: "Timetable: next week",
  previousWeek: "Timetable: previous week",
  thisWeek: "Timetable: this week",
  goTo: "Go to a page of the menu, in its order",
  thisList: "Show this list",
  singleKeys: "Shortcuts of a single key",
  newestMessage: "Go to the newest message on the screen",
  youWritePrograms: "You write programs?",
  forDevelopers: "See what there is for developers",
};

export type ShortcutsTexts = typeof english;

/** What the list of shortcuts says. */
export const shortcutsTexts = room("shortcuts", english);
