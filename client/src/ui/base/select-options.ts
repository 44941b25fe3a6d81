/** Lists that one chooses from: how they are searched, and how what looks alike is told apart. */
import type { OptionsFilter } from "@mantine/core";
import type { Coach } from "../../protocol";
import { sayLevel } from "./levels";
import { folded, matches } from "./search-text";
import { texts } from "./texts";

/** Mantine's lists are searched as everything else is. */
export const filter: OptionsFilter = ({ options, search, limit }) =>
  options
    .map((option) =>
      "group" in option
        ? { ...option, items: option.items.filter(({ label }) => matches(label, search)) }
        : option,
    )
    .filter((option) =>
      "group" in option ? option.items.length > 0 : matches(option.label, search),
    )
    .slice(0, limit);

export interface Named {
  readonly id: number;
  readonly name: string;
}

/**
 * What sets each of these apart from those of the same name, by id; nothing for a name that only one
 * has. `details` is what a person knows of a record; where that is the same too, its number decides.
 */
export function differences<R extends Named>(
  records: readonly R[],
  details: (record: R) => string,
): ReadonlyMap<number, string> {
  const nameOf = ({ name }: R) => folded(name);
  const detailOf = (record: R) => `${nameOf(record)}\n${folded(details(record))}`;
  const names = tallied(records.map(nameOf));
  const detailed = tallied(records.map(detailOf));
  const found = new Map<number, string>();
  for (const record of records) {
    if (names.get(nameOf(record)) === 1) continue;
    const detail = details(record);
    const enough = detail !== "" && detailed.get(detailOf(record)) === 1;
    const parts = enough ? [detail] : [detail, texts.number(record.id)];
    found.set(record.id, parts.filter(Boolean).join(", "));
  }
  return found;
}

function tallied(keys: readonly string[]): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const key of keys) tally.set(key, (tally.get(key) ?? 0) + 1);
  return tally;
}

/** Records as choices of a list, by their names and what sets namesakes apart. */
export function choices<R extends Named>(
  records: readonly R[],
  details: (record: R) => string,
): { value: string; label: string }[] {
  const apart = differences(records, details);
  return records.map(({ id, name }) => {
    const difference = apart.get(id);
    return { value: String(id), label: difference ? `${name} (${difference})` : name };
  });
}

/** What one knows of a coach: the username, or else the age. */
export function ofCoach({ username, age }: Coach): string {
  if (username) return `@${username}`;
  return age === null ? "" : texts.years(age);
}

export function ofPlan({ difficulty }: { difficulty: string }): string {
  return sayLevel(difficulty);
}

export function ofMove({ focus }: { focus: string }): string {
  return focus;
}
