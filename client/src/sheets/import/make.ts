/** Rows that make what other rows name, and nothing has: to be looked at and completed like all others. Pure. */
import type { Columns } from "./columns";
import type { Gym, Target } from "./gym";
import { sameName } from "./names";
import type { Missing } from "./review";
import { bodyOf } from "./sheet";
import type { Sheet } from "./sheet";
import { texts } from "./texts";

const columns: Readonly<Record<Target, readonly string[]>> = {
  coaches: ["name", "age"],
  exercise_moves: ["name", "focus", "description"],
  workout_plans: ["name", "difficulty", "description", "exercise_moves_name"],
};

/** The sheets with one that makes these, all of one channel. A plan needs a move, and there may be none yet. */
export function withMade(
  sheets: readonly Sheet[],
  channel: Target,
  missing: readonly Missing[],
  gym: Gym,
): readonly Sheet[] {
  const added = withRows(
    sheets,
    channel,
    missing.map((each) => cellsOf(channel, each)),
  );
  if (channel !== "workout_plans" || isThere(added, gym)) return added;
  return withRows(added, "exercise_moves", [
    [texts.movesToBeChosen, texts.any, texts.toBeDescribed],
  ]);
}

function cellsOf(channel: Target, { name, cells }: Missing): readonly string[] {
  switch (channel) {
    case "coaches":
      return [name, ""];
    case "exercise_moves":
      return [name, texts.any, texts.toBeDescribed];
    case "workout_plans":
      return [
        name,
        cells["workout_plan_difficulty"] || texts.allLevels,
        texts.toBeDescribed,
        texts.movesToBeChosen,
      ];
  }
}

function isThere(sheets: readonly Sheet[], gym: Gym): boolean {
  const records = Array.from(gym.exercise_moves.values(), ({ record }) => record.name);
  const made = sheets
    .filter(({ key }) => key === keyOf("exercise_moves"))
    .flatMap((sheet) => bodyOf(sheet).map(({ cells }) => cells[0] ?? ""));
  return [...records, ...made].some((name) => sameName(name, texts.movesToBeChosen));
}

function withRows(
  sheets: readonly Sheet[],
  channel: Target,
  rows: readonly (readonly string[])[],
): readonly Sheet[] {
  const known = sheets.find(({ key }) => key === keyOf(channel));
  const lines = known?.table.lines ?? [];
  const next = (lines.at(-1)?.number ?? 0) + 1;
  const more = rows.map((cells, at) => ({ number: next + at, cells }));
  const fields = columns[channel];
  const sheet: Sheet = {
    key: keyOf(channel),
    name: texts.newOnes[channel],
    source: null,
    columns: { channel, hasTitles: false, fields } satisfies Columns,
    edits: new Map(),
    out: new Set(),
    accepted: new Set(),
    ...known,
    table: { delimiter: ",", lines: [...lines, ...more] },
  };
  return [...sheets.filter((other) => other !== known), sheet];
}

function keyOf(channel: Target): string {
  return `made ${channel}`;
}
