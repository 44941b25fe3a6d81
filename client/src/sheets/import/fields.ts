/** The columns that a table of each channel may have, and the titles that they are known by. */
import type { Channels } from "../../protocol";
import { folded } from "../../ui/base/search-text";
import { texts } from "./texts";

/** Those whose tables are read; other resources do without. */
export type ImportChannel = keyof Pick<
  Channels,
  "coaches" | "exercise_moves" | "workout_plans" | "schedules"
>;

export interface Field {
  /** As the server's tables call it. */
  readonly key: string;
  /** Other titles that people give it, without spaces. */
  readonly titles: readonly string[];
  /** A new record needs it. */
  readonly required?: true;
  /** It stands beside another field, and has no column of its own in the preview. */
  readonly beside?: string;
  readonly long?: true;
}

/** In the order in which they are written: what is referred to comes first. */
export const order: readonly ImportChannel[] = [
  "coaches",
  "exercise_moves",
  "workout_plans",
  "schedules",
];

const id: Field = { key: "id", titles: ["no", "number", "nr"], beside: "name" };

export const fields: Readonly<Record<ImportChannel, readonly Field[]>> = {
  coaches: [
    id,
    { key: "name", titles: ["coach", "trainer", "fullname"], required: true },
    { key: "age", titles: ["years"], required: true },
    { key: "picture", titles: ["photo", "image", "avatar", "pictureurl"] },
    { key: "username", titles: ["user", "login", "account"] },
  ],
  exercise_moves: [
    id,
    { key: "name", titles: ["move", "exercise", "exercisemove"], required: true },
    {
      key: "focus",
      titles: ["muscle", "muscles", "musclegroup", "target", "bodypart"],
      required: true,
    },
    {
      key: "description",
      titles: ["instructions", "how", "text", "notes"],
      required: true,
      long: true,
    },
    { key: "video_link", titles: ["video", "link", "url", "videourl"] },
  ],
  workout_plans: [
    id,
    { key: "name", titles: ["plan", "workoutplan", "workout"], required: true },
    { key: "difficulty", titles: ["level", "schwierigkeit"], required: true },
    {
      key: "description",
      titles: ["text", "about"],
      required: true,
      long: true,
    },
    {
      key: "exercise_moves_name",
      titles: ["moves", "exercises", "exercisemoves", "movenames"],
      required: true,
      long: true,
    },
    {
      key: "exercise_moves_id",
      titles: ["idsofmoves", "moveids"],
      beside: "exercise_moves_name",
    },
    { key: "exercise_moves_sets", titles: ["sets"] },
    { key: "exercise_moves_reps", titles: ["reps", "repetitions"] },
    { key: "exercise_moves_rest", titles: ["rest", "pause", "restseconds"] },
    { key: "exercise_moves_notes", titles: ["notes", "comments"] },
  ],
  schedules: [
    { ...id, beside: "day" },
    { key: "day", titles: ["weekday", "dayofweek"], required: true },
    {
      key: "hour",
      titles: ["time", "start", "starts", "starttime", "begin", "begins", "from", "at"],
      required: true,
    },
    {
      key: "coach_name",
      titles: ["coach", "trainer", "instructor", "teacher", "with"],
      required: true,
    },
    { key: "coach_id", titles: ["idofthecoach"], beside: "coach_name" },
    {
      key: "workout_plan_name",
      titles: ["plan", "workoutplan", "workout", "class", "classname", "course", "title", "name"],
      required: true,
    },
    {
      key: "workout_plan_id",
      titles: ["idoftheplan", "planid"],
      beside: "workout_plan_name",
    },
    {
      key: "workout_plan_difficulty",
      titles: [
        "difficultyoftheplan",
        "difficulty",
        "level",
        "plandifficulty",
        "schwierigkeitdesplans",
      ],
      beside: "workout_plan_name",
    },
    { key: "minutes", titles: ["length", "duration", "min", "lengthmin"] },
    { key: "room", titles: ["studio", "place", "location", "hall"] },
    {
      key: "capacity",
      titles: ["places", "spots", "seats", "max", "size", "maxpeople"],
    },
  ],
};

/** What a field is called on the page. */
export function labelOf({ key }: Field): string {
  return texts.fields[key] ?? key;
}

/** The fields that have a column in the preview. */
export function shownFields(channel: ImportChannel): readonly Field[] {
  return fields[channel].filter(({ beside }) => beside === undefined);
}

/** A title without what people write differently: case, accents, spaces, signs, units in brackets. */
export function titleKey(title: string): string {
  return folded(title)
    .replace(/\([^)]*\)/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** The field that a title names in tables of the channel. */
export function titled(channel: ImportChannel, title: string): Field | undefined {
  const key = titleKey(title);
  if (key === "") return undefined;
  const all = fields[channel];
  return (
    all.find((field) => titleKey(field.key) === key || titleKey(labelOf(field)) === key) ??
    all.find((field) => field.titles.includes(key))
  );
}

export function isTitle(cell: string): boolean {
  return order.some((channel) => titled(channel, cell) !== undefined);
}
