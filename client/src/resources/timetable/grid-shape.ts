/** How wide the days of the grid are, and whether its classes are drawn to scale. Pure. */

export interface Shape {
  /** Whether classes are as long as they last, side by side where they overlap; else one below the other. */
  readonly toScale: boolean;
  /** Of each day, in percent. */
  readonly widths: readonly number[];
  /** In pixels: less is scrolled sideways. */
  readonly needed: number;
}

/** Of the column of hours, in pixels. */
export const HOURS = 52;
/** A class that is drawn to scale is at least so wide, in pixels: narrower ones have no room for the words. */
const CLASS = 112;
/** A day whose classes are one below the other is at least so wide: the longest usual word fits. */
const DAY = 82;
/** A further class beside another adds so much of one to the width of its day. */
const FURTHER = 0.8;

/** `columns` are the most classes side by side of each day. */
export function shapeOf(columns: readonly number[], width: number): Shape {
  const room = width - HOURS;
  const parts = columns.map((count) => 1 + (count - 1) * FURTHER);
  const total = parts.reduce((sum, part) => sum + part, 0);
  const narrowest = Math.min(
    ...columns.map((count, at) => ((parts[at] ?? 1) / total / count) * room),
  );
  // One day alone has no others to be compared with.
  const toScale = columns.length > 1 && narrowest >= CLASS;
  const needed = toScale ? 0 : HOURS + columns.length * DAY;
  const share = 100 * (1 - HOURS / Math.max(width, needed));
  return {
    toScale,
    needed,
    widths: parts.map((part) => (toScale ? part / total : 1 / columns.length) * share),
  };
}
