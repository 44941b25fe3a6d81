import type { ExerciseMove } from "../../protocol";
import { optionalUrl, text } from "../../ui/form/rules";
import type { Values } from "../../ui/form/use-record-form";

export const rules = {
  name: text(2, 60),
  focus: text(2, 30, { suggested: true }),
  description: text(10, 500, { lines: true }),
  video_link: optionalUrl,
};

export function toValues(move: ExerciseMove | null): Values {
  return {
    name: move?.name ?? "",
    focus: move?.focus ?? "",
    description: move?.description ?? "",
    video_link: move?.video_link ?? "",
  };
}

export function toData(_field: string, value: unknown): unknown {
  return String(value).trim();
}
