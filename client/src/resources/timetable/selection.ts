/** Which classes are selected. Pure. */
import { daysOfWeek } from "../../ui/base/dates";
import type { Schedule } from "../../protocol";
import { minutesOf } from "../../ui/base/time";
import { byTime } from "./week";

export interface Selection {
  /** Whether classes are being selected: a click on one then selects it. */
  readonly on: boolean;
  readonly ids: ReadonlySet<number>;
  /** The class from which a range goes. */
  readonly from: number | null;
}

export type Step =
  | { readonly type: "begin" | "all" | "end" }
  /** One class; or all from the last one to this one. */
  | { readonly type: "select"; readonly id: number; readonly range: boolean };

export const NOTHING: Selection = { on: false, ids: new Set(), from: null };

/** The selection after a step. What is not visible can be in it, but is not selected. */
export function next(before: Selection, step: Step, visible: readonly Schedule[]): Selection {
  switch (step.type) {
    case "begin":
      return { ...NOTHING, on: true };
    case "end":
      return NOTHING;
    case "all":
      return { ...before, on: true, ids: new Set(visible.map(({ id }) => id)) };
    case "select": {
      const { id } = step;
      const first = visible.find((slot) => slot.id === before.from);
      const last = visible.find((slot) => slot.id === id);
      if (last === undefined) return before;
      const added = step.range && first ? between(first, last, visible) : [last];
      const ids = new Set(selectedOf(before, visible).map((slot) => slot.id));
      if (!(step.range && first) && ids.has(id)) ids.delete(id);
      else for (const slot of added) ids.add(slot.id);
      return { on: true, ids, from: id };
    }
  }
}

/** Those that are selected and visible, in the order of the week. */
export function selectedOf({ on, ids }: Selection, visible: readonly Schedule[]): Schedule[] {
  return on ? visible.filter(({ id }) => ids.has(id)).toSorted(byTime) : [];
}

/** Those in the rectangle of the grid that has these two as its corners. */
function between(a: Schedule, b: Schedule, visible: readonly Schedule[]): readonly Schedule[] {
  const order = daysOfWeek();
  const across = ({ day }: Schedule) => order.indexOf(day);
  const down = ({ hour }: Schedule) => minutesOf(hour);
  const within = (of: (slot: Schedule) => number) => (slot: Schedule) =>
    of(slot) >= Math.min(of(a), of(b)) && of(slot) <= Math.max(of(a), of(b));
  return visible.filter(within(across)).filter(within(down));
}
