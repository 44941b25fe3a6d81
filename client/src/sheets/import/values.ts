/** From the cells of a row to the fields of a record. Pure. */
import type { Schedule, WorkoutPlan } from "../../protocol";
import { rules as coach } from "../../resources/coaches/fields";
import { rules as move } from "../../resources/exercise-moves/fields";
import { rules as slot } from "../../resources/timetable/fields";
import { rules as plan } from "../../resources/workout-plans/fields";
import { cells as ownFields, tidied, wrongIn } from "../../resources/workout-plans/planned-moves";
import type { Cell } from "../../resources/workout-plans/planned-moves";
import type { Rule } from "../../ui/form/rules";
import { dayIn, digitsIn, hourIn, itemsIn } from "./cells";
import type { ImportChannel } from "./fields";
import type { Ref, Targets } from "./gym";
import type { Cells } from "./sheet";
import { texts } from "./texts";

/** What a row says of its record; errors by the key of the cell. */
export interface Values {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, string>>;
  /** Names that nothing has, by what they would be of. */
  readonly missing: readonly { readonly targets: Targets; readonly name: string }[];
  /** Whether an id is that of a record with another name. */
  readonly isForeign: boolean;
}

export interface Surroundings {
  readonly coaches: Targets;
  readonly workout_plans: Targets;
  readonly exercise_moves: Targets;
  readonly languages: readonly string[];
}

const textRules: Readonly<Record<ImportChannel, Readonly<Record<string, Rule>>>> = {
  coaches: coach,
  exercise_moves: move,
  workout_plans: plan,
  schedules: slot,
};

/** A value, or what is wrong with the text. */
type Read = { readonly value: unknown } | { readonly error: string };

export function valuesOf(
  channel: ImportChannel,
  cells: Cells,
  record: unknown,
  around: Surroundings,
): Values {
  const fields: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  const missing: { targets: Targets; name: string }[] = [];
  let isForeign = false;

  for (const [key, text] of Object.entries(cells)) {
    if (key === "id" || isOfRelation(key)) continue;
    const read = simple(channel, key, text, around.languages);
    if ("error" in read) errors[key] = read.error;
    else fields[key] = read.value;
  }
  const refer = (field: string, targets: Targets) => {
    const name = cells[`${field}_name`];
    const id = cells[`${field}_id`];
    if (name === undefined && id === undefined) return;
    const resolved = targets.resolve(name ?? "", id ?? "");
    if ("error" in resolved) {
      errors[`${field}_name`] = resolved.error;
      if (resolved.missing) missing.push({ targets, name: resolved.missing });
    } else fields[field] = resolved.ref;
    isForeign ||= resolved.isForeign ?? false;
  };
  if (channel === "schedules") {
    refer("coach", around.coaches);
    refer("workout_plan", around.workout_plans);
  }
  if (channel === "workout_plans") {
    const moves = movesIn(cells, record as WorkoutPlan | null, around.exercise_moves);
    if (moves.places) fields["exercise_moves"] = moves.places;
    Object.assign(errors, moves.errors);
    missing.push(...moves.missing.map((name) => ({ targets: around.exercise_moves, name })));
    isForeign ||= moves.isForeign;
  }
  return { fields, errors, missing, isForeign };
}

function isOfRelation(key: string): boolean {
  return /^(coach|workout_plan|exercise_moves)_/.test(key);
}

function simple(
  channel: ImportChannel,
  key: string,
  text: string,
  languages: readonly string[],
): Read {
  const given = meant(key, text, languages);
  if ("error" in given) return given;
  const rule = textRules[channel][key];
  // The rule of an hour is about what a form's input holds.
  const error = key === "hour" ? null : rule?.(given.value);
  if (error != null) return { error };
  if (key === "age" || key === "minutes") return { value: Number(given.value) };
  if (key === "capacity") return { value: given.value === "" ? null : Number(given.value) };
  return given;
}

function meant(key: string, text: string, languages: readonly string[]): Read {
  switch (key) {
    case "age":
    case "capacity":
      return { value: digitsIn(text) };
    case "minutes":
      // What the server takes for it, too.
      return { value: text === "" ? "60" : digitsIn(text) };
    case "hour": {
      const hour = hourIn(text);
      if (text === "") return { error: texts.fillIn };
      return hour === null ? { error: texts.time } : { value: hour };
    }
    case "day": {
      const day: Schedule["day"] | null = dayIn(text, languages);
      if (text === "") return { error: texts.fillIn };
      return day === null ? { error: texts.day } : { value: day };
    }
    default:
      return { value: text };
  }
}

type Place = Ref & { readonly [C in Cell]?: unknown };

interface Moves {
  readonly places: readonly Place[] | null;
  readonly errors: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  readonly isForeign: boolean;
}

function movesIn(cells: Cells, record: WorkoutPlan | null, targets: Targets): Moves {
  const names = cells["exercise_moves_name"];
  const ids = cells["exercise_moves_id"];
  const refs: Ref[] = [];
  const errors: Record<string, string> = {};
  const missing: string[] = [];
  let isForeign = false;
  const wanted = wantedOf(names, ids, targets);
  if (names === undefined && ids === undefined) {
    refs.push(...(record?.exercise_moves ?? []).map(({ id }) => ({ id })));
    if (refs.length === 0) return { places: null, errors, missing, isForeign };
  } else if (wanted.length === 0) errors["exercise_moves_name"] = texts.atLeastOne;
  else if (wanted.length > 100) errors["exercise_moves_name"] = texts.atMost;
  for (const { name, id } of wanted) {
    const resolved = targets.resolve(name, id);
    isForeign ||= resolved.isForeign ?? false;
    if ("ref" in resolved) refs.push(resolved.ref);
    else {
      errors["exercise_moves_name"] ??= resolved.error;
      if (resolved.missing) missing.push(resolved.missing);
    }
  }
  if (Object.keys(errors).length > 0) return { places: null, errors, missing, isForeign };
  const own = ownOf(cells, refs.length);
  const places = refs.map((ref, at) => placeOf(ref, own.values, at, kept(record, refs, at)));
  return { places, errors: own.errors, missing, isForeign };
}

interface Wanted {
  readonly name: string;
  readonly id: string;
}

function wantedOf(names = "", ids = "", targets: Targets): Wanted[] {
  let named = itemsIn(names);
  const [only = ""] = named;
  // Commas are in names too, so they part them only where no move is called like the whole.
  if (named.length === 1 && only.includes(",") && "missing" in targets.resolve(only, "")) {
    named = only.split(",").map((name) => name.trim());
  }
  const numbered = itemsIn(ids);
  if (names === "") return numbered.filter(Boolean).map((id) => ({ name: "", id }));
  const agree = named.length === numbered.length;
  return named
    .map((name, at) => ({ name, id: agree ? (numbered[at] ?? "") : "" }))
    .filter(({ name, id }) => name !== "" || id !== "");
}

type Own = { readonly [C in Cell]?: readonly unknown[] };

/** What is prescribed in each place, of the cells that the row has: one item is meant for all. */
function ownOf(cells: Cells, count: number): { values: Own; errors: Record<string, string> } {
  const values: { [C in Cell]?: readonly unknown[] } = {};
  const errors: Record<string, string> = {};
  for (const cell of ownFields) {
    const key = `exercise_moves_${cell}`;
    const text = cells[key];
    if (text === undefined) continue;
    const items = itemsIn(text);
    if (items.length > 1 && items.length !== count) {
      errors[key] = texts.notAsMany(items.length, count);
      continue;
    }
    const typed = Array.from({ length: count }, (_, at) =>
      items.length === 1 ? items[0] : (items[at] ?? ""),
    );
    if (cell === "reps" && items.some(isDate)) {
      errors[key] = texts.becameDate;
      continue;
    }
    const rows = typed.map((item) => ({ id: 0, [cell]: item === "" ? null : item }) as never);
    const wrong = rows.map((row) => wrongIn(row, cell)).find((message) => message !== null);
    if (wrong != null) errors[key] = wrong;
    else values[cell] = rows.map((row) => (tidied(row) as { [C in Cell]?: unknown })[cell]);
  }
  return { values, errors };
}

/** Whether a program took "8-12" for a day of the year. */
function isDate(item: string): boolean {
  return /^\d{1,2}[-. ]+(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\p{L}*\.?$|^(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\p{L}*\.?[- ]\d{1,2}$|^\d{4}-\d\d-\d\d$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/iu.test(
    item,
  );
}

/** The place of the same move in the plan as it is: what the row does not say stays. */
function kept(record: WorkoutPlan | null, refs: readonly Ref[], at: number) {
  const ref = refs[at];
  if (record === null || ref === undefined || !("id" in ref)) return undefined;
  const earlier = refs.slice(0, at).filter((other) => "id" in other && other.id === ref.id).length;
  return record.exercise_moves.filter(({ id }) => id === ref.id)[earlier];
}

function placeOf(
  ref: Ref,
  own: Own,
  at: number,
  before: { readonly [C in Cell]?: unknown } | undefined,
): Place {
  if (Object.keys(own).length === 0) return ref;
  const values = ownFields.map((cell) => {
    const nothing = cell === "reps" || cell === "notes" ? "" : null;
    const said = own[cell];
    return [cell, (said ? said[at] : before?.[cell]) ?? nothing] as const;
  });
  return { ...ref, ...Object.fromEntries(values) };
}
