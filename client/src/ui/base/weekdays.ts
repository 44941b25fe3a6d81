import type { Schedule } from "../../protocol";

/** As the server names them; what they are called on the page is in dates.ts. */
export const days = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const satisfies Schedule["day"][];

export type Day = Schedule["day"];
