/** Which commits of a history were undone, and by which. */
import type { HistoryEntry } from "@spotter/realtime";
import { grouped } from "../base/grouped";

const UNDO = "undo";

/**
 * The undo that took back a commit, by the commit's `seq`. The server does not say what an undo undid, but it is the exact
 * inverse. What was undone and then brought back by another undo is as before.
 */
export function undosOf(entries: readonly HistoryEntry[]): ReadonlyMap<number, HistoryEntry> {
  const undos = new Map<number, HistoryEntry>();
  const standing = new Map<string, HistoryEntry[]>();
  for (const [seq, commit] of grouped(entries, (entry) => entry.seq)) {
    const undo = standing.get(effectOf(commit, false))?.pop();
    if (undo) undos.set(seq, undo);
    else if (commit[0]?.event === UNDO) {
      const inverse = effectOf(commit, true);
      standing.set(inverse, [...(standing.get(inverse) ?? []), commit[0]]);
    }
  }
  return undos;
}

/** What a commit did, or what its inverse would do, as a text that is the same for the same. */
function effectOf(commit: readonly HistoryEntry[], inverse: boolean): string {
  const records = commit.map(({ channel, id, changes }) => {
    const fields = Object.entries(changes).map(([field, [from, to]]) => {
      const [before, after] = inverse ? [to, from] : [from, to];
      return JSON.stringify([field, refer(before), refer(after)]);
    });
    return JSON.stringify([channel, id, ...fields.toSorted()]);
  });
  return records.toSorted().join();
}

/** Of a record that is referred to its id: what comes back has the name of now. */
function refer(value: unknown): unknown {
  return typeof value === "object" && value !== null && "id" in value ? value.id : (value ?? null);
}
