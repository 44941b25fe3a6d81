import { pluralOf, inList } from "../../ui/base/locale";
import { room } from "../../ui/base/language";

const english = {
  used: (length: number, most: number): string => `${length} of ${most}`,
  editingToo: (names: readonly string[]): string =>
    `${inList(names)} ${pluralOf(names.length, { one: "is", other: "are" })} editing this too.`,
  theyChanged: (who: string): string => `${who} changed this while you were editing`,
  dismiss: "Dismiss",
  takenOver: (fields: string): string => `Updated: ${fields}. What you typed is kept.`,
  bothChanged: (fields: string): string => `You both changed ${fields}. Which one should stay?`,
  theirs: (value: string): string => `Theirs: ${value}`,
  mine: (value: string): string => `Mine: ${value}`,
  allTheirs: "All theirs",
  allMine: "All mine",
  allOf: { admin: "admins", coach: "coaches", viewer: "viewers" } as Record<string, string>,
  theyAdd: (who: string, what: string): string => `Only ${who} can add ${what}`,
  theyChange: (who: string, what: string): string => `Only ${who} can change ${what}`,
  theyChangeProfiles: "Only admins and the coach can change this profile",
  theyImport: (who: string): string => `Only ${who} can import a spreadsheet`,
  theyManageAccounts: (who: string): string => `Only ${who} can manage accounts`,
  askAnAdmin:
    "Ask an admin of the gym to do it for you, or to change your role. Or sign out in your account, and sign in as somebody else.",
  signInFirst: "Please sign in first",
  youAre: (username: string, role: string): string =>
    `You are signed in as ${username}, with the role ${role}.`,
  toTimetable: "Go to the timetable",
  signIn: "Sign in",
  yourAccount: "Your account",
  close: "Close",
  typedBefore: "This is what you had typed before",
  notSavedYet: "It is not saved yet.",
  typePasswordAgain: "Passwords are never saved on a device: type it again.",
  startOver: "Discard it",
  theyDeleted: (who: string): string => `${who} deleted this meanwhile`,
  stillHere: "What you typed is still here. Save it as new, or cancel to let it go.",
  offline: "You are offline",
  offlineKept: "You are offline. What you save is kept on this device, and sent later.",
  secretWaits:
    "Passwords are never saved on a device. This one is sent when you are online again, if you leave this page open until then.",
  saveAsNew: "Save as new",
  cancel: "Cancel",
  chooseFirst: "First choose above what should stay.",
  saved: (what: string): string => `${what} is saved`,
  beingSent: (what: string): string => `${what}: your edit is being sent`,
  waitsOnDevice: (what: string): string =>
    `${what}: your edit is not sent yet. It is kept on this device, and sent when you are online again.`,
  waitsOnPage: (what: string): string =>
    `${what}: your edit is not sent yet, and cannot be kept on this device. Leave this page open until it is sent.`,
  fillIn: "Please fill this in.",
  oddCharacters: "Please remove the invisible special characters.",
  length: (min: number, max: number): string => `Must have ${min} to ${max} characters.`,
  atMost: (max: number): string => `Must have at most ${max} characters.`,
  wholeNumber: "Must be a whole number.",
  range: (min: number, max: number): string => `Must be a whole number from ${min} to ${max}.`,
  url: "Must be a web address that starts with http:// or https://.",
  choose: "Please choose one.",
  chooseOrTypeHere: "Choose, or type your own",
  chooseOrType: "Please choose one, or type your own.",
};

export type Texts = typeof english;

/** What forms say: of wrong values, of others who edit the same, of saving. */
export const texts = room("form", english);
