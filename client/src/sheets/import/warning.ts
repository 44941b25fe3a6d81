/** What the server says of a row that it would take: also of one at the same time that is another row, and not there yet. */
import type { Schedule } from "../../protocol";
import { said } from "../../ui/base/said";
import { clock } from "../../ui/base/time";
import type { Draft } from "./draft";
import type { Gym } from "./gym";
import { texts } from "./texts";

export interface Warning {
  readonly text: string;
  /** The row that it is about, as it was then; null if it is about a record that is there. */
  readonly row: Draft | null;
}

/** "Maya Lindqvist teaches Push Day on Monday from 07:00 to 08:00." */
const SAME_TIME =
  /^(?<who>.+?) (?<has>teaches|has) (?<plan>.+) on (?<day>\w+) from (?<from>\S+) to (?<to>\S+)\.$/s;

/** Such a sentence of the server, who saw the other rows as if they were saved. */
export function warningOf(line: string, drafts: readonly Draft[], gym: Gym): Warning {
  const groups = SAME_TIME.exec(line)?.groups;
  const row = groups && drafts.find((draft) => isSaid(slotOf(draft, gym), groups, gym));
  if (!groups || !row) return { text: said(line), row: null };
  const { who = "", has, plan = "", from = "", to = "" } = groups;
  const say = has === "teaches" ? texts.wouldTeach : texts.wouldHave;
  return { text: say(who, plan, texts.row(row.line), clock(hour(from)), clock(hour(to))), row };
}

/** The class that a row makes, or what it makes of one; undefined if it is about something else. */
function slotOf({ channel, write }: Draft, gym: Gym): Partial<Schedule> | undefined {
  if (channel !== "schedules" || write === null) return undefined;
  return { ...(write.id !== null && gym.schedules.get(write.id)?.record), ...write.data };
}

/** The day of the class that a row makes. */
export function dayOfRow(draft: Draft, gym: Gym): string | undefined {
  return slotOf(draft, gym)?.day;
}

function isSaid(
  slot: Partial<Schedule> | undefined,
  line: Readonly<Record<string, string>>,
  { coaches, workout_plans: plans }: Gym,
): boolean {
  if (slot?.day !== line["day"] || slot?.hour === undefined) return false;
  const coach = coaches.get(slot.coach?.id ?? 0)?.record.name;
  return (
    clock(slot.hour) === clock(hour(line["from"])) &&
    plans.get(slot.workout_plan?.id ?? 0)?.record.name === line["plan"] &&
    (line["has"] === "teaches" ? coach : slot.room) === line["who"]
  );
}

/** The server's "05:00" as its records have it. */
function hour(time = ""): string {
  return time.replace(":", "");
}
