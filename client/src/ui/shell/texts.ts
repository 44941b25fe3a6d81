import { pluralOf } from "../../ui/base/locale";
import { room } from "../../ui/base/language";

const english = {
  closed: "closed",
  preferences: "Settings of this device",
  didNotLoad: (name: string): string => `${name} did not load.`,
  openAgain: (name: string): string => `${name} did not load. Open it again when you are online.`,
  typedIsKept: "What you typed is kept.",
  tryAgain: "Try again",
  pageNotLoaded: "This page did not load",
  partMissing: "It could not be fetched",
  partNeedsNet: "You are offline, and this device does not have it yet",
  tryFirst: "Try again first. If that does not help, load the app again.",
  loadAppAgain: "Load the app again",
  yourEdits: "Your edits",
  presence: "Who is here",
  presenceList: "The list of who is here",
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  blocked: "You are offline, although the server can be reached.",
  whoBlocks:
    "Something may block the connection: the network, a firewall, or an extension of the browser. Try another network, or ask who looks after this network. Spotter goes on trying, and sends what you change as soon as it is connected.",
  offlineSince: (time: string): string => `Offline since ${time}`,
  offline: "Offline",
  unsent: (count: number): string => `${count} unsent`,
  toDecide: (count: number): string => `${count} to check`,
  stopped: "Spotter stopped",
  stoppedExplained:
    "Something went wrong on this page. What was saved is safe, and so is what you typed.",
  loadAgain: "Load again",
  goToTimetable: "Go to the timetable",
  notHere: "Page not found",
  noSuchPage: "There is no such page",
  mistyped: "The address may be mistyped.",
  isLive: (allSaved: boolean): string =>
    allSaved ? "You are online: everyone sees changes at once." : "You are online.",
  isConnecting: "There is no connection at the moment. You can go on working.",
  isOffline: (time: string): string =>
    `You have been offline since ${time}. You can go on working.`,
  allSaved: "Everything is saved.",
  areRefused: (count: number): string =>
    pluralOf(count, {
      one: "1 edit is not saved: please check it.",
      other: `${count} edits are not saved: please check them.`,
    }),
  areSent: (count: number): string =>
    pluralOf(count, { one: "1 edit is being sent.", other: `${count} edits are being sent.` }),
  wait: (count: number): string =>
    pluralOf(count, { one: "1 edit waits to be sent.", other: `${count} edits wait to be sent.` }),
  keptUntil: (kept: boolean): string =>
    kept
      ? "Until you are online again, your edits are kept on this device."
      : "Leave this page open until you are online again: your edits cannot be kept on this device.",
  refused: "Not saved",
  queued: "Waiting to be sent",
  sent: "Being sent",
  elsewhere: "Open in another tab of yours, which will send it.",
  passwordNotKept: "Leave this page open until it is sent: passwords are never saved on a device.",
  notKept: "Leave this page open until it is sent: this browser could not save it.",
  changedTo: (who: string, values: string): string => `${who} changed this meanwhile: ${values}.`,
  review: "Review",
  discard: "Discard",
  empty: "(empty)",
  loading: "Loading",
  close: "Close",
  you: "You",
  nameAndYou: (name: string): string => `${name} (you)`,
  here: "Who is here:",
  hereSince: (time: string): string => `Here since ${time}`,
  mayBeMore: "There may be more.",
  onDayAt: (label: string, day: string, time: string): string => `${label} on ${day} at ${time}`,
  useColours: (dark: boolean): string => (dark ? "Use the dark colours" : "Use the light colours"),
  shortcuts: "Keyboard shortcuts",
  wholeMenu: "The whole menu",
  messages: "Messages",
  whatWasFound: "What was found",
  search: "Search",
  searchEverything: "Search everything",
  searchExamples: "Search classes, coaches…",
  moreToFind: (count: number): string => `and ${count} more: type to find them`,
  nothingFits: "Nothing found. Try other words.",
  coach: "Coach",
  plan: "Plan",
  move: "Move",
  class: "Class",
  classWith: (plan: string, coach: string): string => `${plan} with ${coach}`,
  skip: "Skip to the content",
  main: "Main",
  more: "More",
  storageBlocked: "This browser does not let Spotter save anything on this device.",
  storageFull: "There is no room left on this device to save your work.",
  storageAdvice:
    "Changes are still sent while you are online. Leave this page open until yours are saved.",
};

export type Texts = typeof english;

/** What is said around every page. */
export const texts = room("shell", english);
