/** What goes to the server together: as much as one request may hold. Pure. */
import { protocol } from "../../served";
import type { Write } from "./draft";

/** One write of a batch, as the server reads it. */
export interface Wire {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly base?: number;
}

/** The server allows 500 in one request, which by default has 100,000 bytes at most. */
const MOST_WRITES = 500;
const MOST_BYTES = 60_000;

/** Null if it refers to a row of which `idOf` knows no record. */
export function wireOf(
  write: Write,
  idOf: (row: string, field: string) => number | undefined,
): Wire | null {
  const data: Record<string, unknown> = write.id === null ? {} : { id: write.id };
  for (const [field, value] of Object.entries(write.data)) {
    const resolved = resolve(value, (row) => idOf(row, field));
    if (resolved === undefined) return null;
    data[field] = resolved;
  }
  const kind = write.id === null ? "new" : "update";
  return {
    event: `${kind}_${protocol.singular[write.channel]}`,
    data,
    ...(write.base !== null && write.id !== null && { base: write.base }),
  };
}

/** With ids in the places of rows; undefined if one has none. */
function resolve(value: unknown, idOf: (row: string) => number | undefined): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => resolve(item, idOf));
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== "object" || value === null || !("row" in value)) return value;
  const { row, ...rest } = value as { row: string };
  const id = idOf(row);
  return id === undefined ? undefined : { ...rest, id };
}

/** How many of these, from the first on, one request may hold: at least one. */
export function fitting(wires: readonly Wire[], most = MOST_WRITES): number {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const [at, wire] of wires.slice(0, most).entries()) {
    bytes += encoder.encode(JSON.stringify(wire)).length + 1;
    if (bytes > MOST_BYTES) return Math.max(at, 1);
  }
  return Math.max(1, Math.min(wires.length, most));
}
