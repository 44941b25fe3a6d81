/** Two edits of one record, field by field. Pure. */
import { equal } from "../base/equal.js";

export type Fields = Readonly<Record<string, unknown>>;

export interface Merge {
  /** Mine, with what only they changed. Where both changed a field, mine stands. */
  readonly merged: Fields;
  /** Fields that only they changed. */
  readonly taken: readonly string[];
  /** Fields that both changed, to different values. */
  readonly conflicts: readonly string[];
}

/** Merges what two people made of `base`, looking at these fields. */
export function merge(
  base: Fields,
  mine: Fields,
  theirs: Fields,
  fields: readonly string[],
): Merge {
  const merged: Record<string, unknown> = { ...mine };
  const taken: string[] = [];
  const conflicts: string[] = [];
  for (const field of fields) {
    if (equal(theirs[field], base[field]) || equal(theirs[field], mine[field])) continue;
    if (equal(mine[field], base[field])) {
      merged[field] = theirs[field];
      taken.push(field);
    } else conflicts.push(field);
  }
  return { merged, taken, conflicts };
}
