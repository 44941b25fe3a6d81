/** The changes of the gym as commits: what was done at once by somebody, with each record that it changed. */
import type { Channel, HistoryEntry } from "@spotter/realtime";
import { grouped } from "../ui/base/grouped";
import { inList } from "../ui/base/locale";
import { dayAt } from "../ui/base/time";
import { labelOf } from "../ui/shell/labels";
import { things } from "../ui/shell/things";
import { texts } from "./texts";

export interface Commit {
  seq: number;
  /** In milliseconds since 1970. */
  at: number;
  actor: string | null;
  event: string;
  entries: readonly HistoryEntry[];
}

/** Of a history, newest first: a commit's entries follow one another. */
export function commitsOf(entries: readonly HistoryEntry[]): Commit[] {
  const commits: (Commit & { entries: HistoryEntry[] })[] = [];
  for (const entry of entries) {
    const last = commits.at(-1);
    if (last?.seq === entry.seq) last.entries.push(entry);
    else {
      const { seq, at, actor, event = "" } = entry;
      commits.push({ seq, at, actor, event, entries: [entry] });
    }
  }
  return commits;
}

/** What was done to one record. */
export function verbOf({ type, changes }: HistoryEntry): "made" | "changed" | "deleted" {
  if (type === "del") return "deleted";
  const before = Object.values(changes).map(([from]) => from);
  return before.length > 0 && before.every((from) => from == null) ? "made" : "changed";
}

const keyOf = ({ channel, id }: HistoryEntry) => `${channel} ${id}`;

/** The latest of what was done to one record: it has its name. */
export function entryOf(
  commits: readonly Commit[],
  channel: Channel | undefined,
  id: number | undefined,
): HistoryEntry | undefined {
  return commits
    .flatMap(({ entries }) => entries)
    .find((entry) => entry.channel === channel && entry.id === id);
}

/** The records that are gone by now, of a history from the newest entry on. */
export function goneIn(entries: readonly HistoryEntry[]): ReadonlySet<string> {
  const latest = new Map<string, HistoryEntry>();
  for (const entry of entries) if (!latest.has(keyOf(entry))) latest.set(keyOf(entry), entry);
  return new Set([...latest].filter(([, { type }]) => type === "del").map(([key]) => key));
}

/** Whether nothing is left of what it made or changed: there is nothing to take back. */
export function isOfGone({ entries }: Commit, gone: ReadonlySet<string>): boolean {
  return entries.every((entry) => verbOf(entry) !== "deleted" && gone.has(keyOf(entry)));
}

/** In the place of a name, until it is known what stands before and after it in the reader's language. */
const NAME = "\u0000";

/** What was done at once, after who did it; whole, if nobody did. */
export interface Sentence {
  before: string;
  /** What the one record is called; "" where several were changed, which are counted. */
  name: string;
  after: string;
}

/** "deleted the coach Ann Lee", "changed 12 classes". */
export function sentenceOf(commit: Commit, who: string): Sentence {
  const said = texts.byServer[commit.event];
  if (said !== undefined) return { before: said, name: "", after: "" };
  const [first, ...others] = commit.entries;
  const groups = grouped(commit.entries, (entry) => `${verbOf(entry)} ${entry.channel}`);
  const parts = Array.from(groups.values(), ([one, ...more]) => {
    if (one === undefined) return "";
    const channel = one.channel as Channel;
    return texts.did(
      verbOf(one),
      others.length > 0 ? things.howMany(channel, more.length + 1) : things.the(channel, NAME),
    );
  });
  const done = texts.doneBy(who, inList(parts));
  const [before = "", after] = (commit.event === "undo" ? texts.undid(done) : done).split(NAME);
  const name = after === undefined || first === undefined ? "" : labelOf(first) || `${first.id}`;
  return { before, name, after: after ?? "" };
}

export interface Filter {
  /** The name of who did it; "" for all, also of those without a name. */
  who: string;
  /** A day as the reader's clock has it, "2026-11-29", or "". */
  day: string;
}

export function fits({ actor, at }: Commit, { who, day }: Filter): boolean {
  return (who === "" || actor === who) && (day === "" || dayAt(at) === day);
}

/** Whether no earlier commit than this one can fit. */
export function isBefore({ at }: Commit, { day }: Filter): boolean {
  return day !== "" && dayAt(at) < day;
}

/** Who did something in these commits, by name. */
export function actorsOf(commits: readonly Commit[]): string[] {
  const names = new Set(commits.flatMap(({ actor }) => (actor === null ? [] : [actor])));
  return Array.from(names).toSorted((a, b) => a.localeCompare(b));
}
