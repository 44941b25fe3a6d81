import { room } from "../ui/base/language";

const english = {
  address: "Address",
  theAddress: "The calendar's address",
  calendar: "Calendar",
  calendarOf: (name: string): string => `Calendar of ${name}`,
  calendarOfGym: "Calendar of the gym",
  close: "Close",
  explained:
    "Add this address as a subscription in the calendar app of your phone or computer. The calendar then follows the timetable: cancelled classes and stand-ins show there too.",
  copied: "Copied",
  copyAddress: "Copy address",
  yoursAlone: "Keep this address to yourself: whoever has it can read the timetable.",
  makeNewOne: "Make a new one",
  oldOnesEnd: "Calendars that use the old address will no longer be updated.",
  makeNewAddress: "Make a new address",
  keepThisOne: "Keep this one",
};

export type Texts = typeof english;

/** What is said of calendars that phones and computers subscribe to. */
export const texts = room("calendar", english);
