/** How much smaller a plan is printed so that it is on one page. Pure. */
import type { WorkoutPlan } from "../../protocol";

/** What the moves may have of the height of the smaller paper, Letter, at full size, in pixels. */
const ROOM = 600;
const LINE = 24;
const PADDING = 17;

/** So many letters are in a line of the column, at least. */
const NAME = 24;
const NOTES = 32;

export function paperZoom(moves: WorkoutPlan["exercise_moves"]): number {
  const height = moves.reduce((sum, { name, focus, notes }) => {
    const lines = Math.max(linesOf(`${name} ${focus}`, NAME), linesOf(notes ?? "", NOTES));
    return sum + PADDING + LINE * lines;
  }, 0);
  return Math.min(1, ROOM / Math.max(1, height));
}

function linesOf(text: string, width: number): number {
  return Math.ceil(text.length / width);
}
