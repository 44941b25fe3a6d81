import { counted } from "../../ui/base/locale";
import { room } from "../../ui/base/language";

const english = {
  menu: "The menu",
  move: (name: string): string => `Move ${name}`,
  until: (time: string): string => `until ${time}`,
  fromDay: (plan: string, day: string): string => `${plan}, from ${day}`,
  you: "You",
  places: (count: number): string => counted(count, { one: "place", other: "places" }),
  coachTwice: (name: string): string => `${name} is booked twice`,
  roomTwice: (place: string): string => `${place} is booked twice`,
  bothTwice: "Coach and room are booked twice",
  moreFor: (name: string): string => `More for ${name}`,
  newClass: "New class",
  theClass: "The class",
  theDay: "The day",
  howToBegin: "How to begin",
  whatCanBeDone: "What can be done with them",
  classes: "Classes",
  aWeek: (count: number): string => `${counted(count, { one: "class", other: "classes" })} a week`,
  someAWeek: (count: number, all: number): string =>
    `${count} of ${counted(all, { one: "class", other: "classes" })} a week`,
  closed: "Closed",
  day: "Day",
  dayClosed: ", closed",
  cancelled: "Cancelled",
  forUsual: (name: string): string => `for ${name}`,
  dragHint:
    "To move a class, press space or enter on its handle, choose a place with the arrow keys, and press space or enter again. Escape leaves it where it was.",
  moving: (what: string): string => `Moving ${what}.`,
  dropped: (where: string): string => `Dropped. ${where}`,
  movable: "movable class",
  sayClosed: "closed",
  sayCancelled: "cancelled",
  givenBy: (name: string): string => `given by ${name}`,
  coach: "Coach",
  allCoaches: "All coaches",
  plan: "Workout plan",
  allPlans: "All plans",
  difficulty: "Level",
  allLevels: "All levels",
  myClasses: "My classes",
  loading: "Loading",
  hour: "Hour",
  weekEmpty: "The week is empty",
  now: "Now",
  next: "Next",
  noClass: "No class",
  closedTodayFor: (note: string): string => `Closed today: ${note}`,
  closedToday: "Closed today",
  withCoach: (time: string, coach: string): string => `${time} with ${coach}`,
  andOthers: (count: number): string => `and ${count} more`,
  onDate: (name: string, date: string): string => `${name} on ${date}`,
  orphans: (count: number): string =>
    `${counted(count, { one: "one-off change", other: "one-off changes" })}`,
  orphansLeft: (count: number): string =>
    `${counted(count, { one: "one-off change is", other: "one-off changes are" })} left over: their classes are no longer on those days`,
  orphansTitle: "One-off changes that are left over",
  orphansDeleted: (what: string): string => `Deleted ${what}.`,
  deleteThem: (count: number): string =>
    count === 1 ? "Delete this change" : "Delete these changes",
  classGone: (date: string, what: string): string =>
    `The class was deleted. A change for ${date} is left over: ${what}.`,
  classMoved: (plan: string, day: string, date: string, what: string): string =>
    `${plan} takes place on ${day}s now. A change for ${date} is left over: ${what}.`,
  seeClass: "See the class",
  overlap: (who: string, what: string, from: string, until: string): string =>
    `${who} ${what}${from} until ${until}.`,
  coachTeaches: (name: string, would: boolean): string =>
    `${name} ${would ? "would also teach" : "teaches"}`,
  roomHas: (place: string, would: boolean): string =>
    `${place} ${would ? "would also have" : "has"}`,
  inRoom: (place: string): string => `in ${place}`,
  fromTime: (time: string): string => `from ${time}`,
  timetable: "Timetable",
  print: "Print",
  select: "Select",
  noClassYet: "No class is planned yet.",
  selected: (count: number): string => `${count} selected`,
  addAt: (day: string, time: string): string => `Add a class on ${day} at ${time}`,
  isCopied: (name: string, days: string): string => `${name} is copied to ${days}.`,
  notCopied: (name: string): string => `${name} was not copied.`,
  stay: "The classes stay as they were.",
  staysAsWas: (name: string, why: string): string => `${name} stays as it was. ${why}`,
  deletedMeanwhile: (who: string, name: string): string => `${who} deleted ${name} meanwhile.`,
  deletedWhileMoved: (who: string, name: string): string =>
    `${who} deleted ${name} while you moved it.`,
  takesEvery: (coach: string, plan: string, day: string): string =>
    `${coach} takes ${plan} every ${day}.`,
  isEvery: (plan: string, day: string, time: string): string =>
    `${plan} is every ${day} at ${time} now.`,
  nothingTakenBack: "Nothing was changed.",
  week: "Week",
  weekNumber: (number: number): string => `Week ${number}`,
  previousWeek: "Previous week",
  today: "Today",
  nextWeek: "Next week",
  dayAt: (plan: string, day: string, time: string): string => `${plan}, ${day} at ${time}`,
  notMoved: (what: string): string => `Not moved. ${what}.`,
  nothingFits: "No class fits these filters",
  showAllClasses: "Show all classes",
  showAll: "Show all",
  noClassAllDay: "No classes",
  nothingFrom: (from: string, to: string): string => `${from} to ${to}: no classes`,
  noneFitsAllDay: "No classes that fit the filters",
  noneFitsFrom: (from: string, to: string): string => `${from} to ${to}: none that fit the filters`,
  movesEveryWeek: "For every week",
  dropAnyway: "You can still drop it here.",
};

export type Texts = typeof english;

/** What is said of the timetable and its classes. */
export const texts = room("timetable", english);
