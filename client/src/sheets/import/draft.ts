/** What becomes of one row: new, changed, unchanged, wrong, and why. Pure. */
import { equal } from "@spotter/realtime";
import type { Schedule, WorkoutPlan } from "../../protocol";
import { formatValue } from "../../ui/base/format-value";
import { things } from "../../ui/shell/things";
import { cells as ownFields } from "../../resources/workout-plans/planned-moves";
import { fields as fieldsOf } from "./fields";
import type { ImportChannel } from "./fields";
import type { Cells } from "./sheet";
import { texts } from "./texts";

export type Status = "new" | "changed" | "unchanged" | "wrong" | "out" | "written";

/** What is odd about a row. */
export interface Problem {
  readonly text: string;
  /** Somebody may say that it is meant. */
  readonly mayBeMeant: boolean;
}

/** What is to be written; a record that another row makes stands in it as `{row}`. */
export interface Write {
  readonly channel: ImportChannel;
  /** Null for a new record. */
  readonly id: number | null;
  /** The rev that a change starts from. */
  readonly base: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Draft {
  readonly key: string;
  readonly channel: ImportChannel;
  /** The number of the row in its sheet. */
  readonly line: number;
  readonly cells: Cells;
  readonly status: Status;
  /** How the record was found, or why none was. */
  readonly note: string;
  /** What the server says of a row that it would take. */
  readonly warnings?: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  /** What the changed fields were, by the key of the cell. */
  readonly before: Readonly<Record<string, string>>;
  /** Null where there is nothing to write. */
  readonly write: Write | null;
}

/** Whether it is to be written. */
export function isReady({ status, write }: Draft): boolean {
  return write !== null && (status === "new" || status === "changed");
}

/** Whether there is something to know of it that does not keep it from being written. */
export function isWarned(draft: Draft): boolean {
  return isReady(draft) && (draft.warnings ?? []).length > 0;
}

/** What another row of the gym is, as far as it matters here. */
interface Record_ {
  readonly id: number;
}

/** The fields that are not as the record has them, in the way of the wire. */
export function changesOf(
  values: Readonly<Record<string, unknown>>,
  record: Record_,
): Record<string, unknown> {
  const has = record as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(values).filter(([field, value]) => !isSame(field, value, has[field])),
  );
}

function isSame(field: string, value: unknown, now: unknown): boolean {
  if (field === "coach" || field === "workout_plan") {
    return (value as { id?: number }).id === (now as Schedule["coach"]).id;
  }
  if (field !== "exercise_moves") return equal(value, now);
  const places = value as Readonly<Record<string, unknown>>[];
  const there = now as WorkoutPlan["exercise_moves"] as readonly object[] as typeof places;
  return (
    places.length === there.length &&
    places.every((place, at) => {
      const keys = ownFields.filter((cell) => cell in place);
      return ["id", ...keys].every((key) => equal(place[key], there[at]?.[key] ?? blankOf(key)));
    })
  );
}

function blankOf(key: string): string | null {
  return key === "reps" || key === "notes" ? "" : null;
}

/** What the changed fields were, for a person, by the keys of their cells. */
export function beforeOf(
  channel: ImportChannel,
  changes: Readonly<Record<string, unknown>>,
  record: Record_,
): Record<string, string> {
  const has = record as unknown as Readonly<Record<string, unknown>>;
  const keyOf = (field: string) =>
    fieldsOf[channel].some(({ key }) => key === field) ? field : `${field}_name`;
  return Object.fromEntries(
    Object.keys(changes).map((field) => [
      keyOf(field),
      formatValue(field, has[field]) || texts.empty,
    ]),
  );
}

/** The cells that a new record needs, and this row does not have. */
export function lacking(channel: ImportChannel, cells: Cells): Record<string, string> {
  const needed = fieldsOf[channel].filter(
    ({ key, required }) => required && cells[key] === undefined && !isBeside(channel, key, cells),
  );
  return Object.fromEntries(needed.map(({ key }) => [key, texts.fillIn]));
}

/** Whether what the cell would say stands in one beside it: the id of a coach, say. */
function isBeside(channel: ImportChannel, key: string, cells: Cells): boolean {
  const id = key.replace(/_name$/, "_id");
  return (
    fieldsOf[channel].some(({ key: other, beside }) => other === id && beside === key) &&
    (cells[id] ?? "") !== ""
  );
}

/** "a coach called", "the same class": the word for a record. */
export function nounOf(channel: ImportChannel): string {
  return things.one(channel);
}
