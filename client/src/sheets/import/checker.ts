/** What the server said of rows: each is asked about once, and again when it says something else. */
import { check } from "./checking";
import type { Verdict, Verdicts } from "./checking";
import { isReady } from "./draft";
import type { Draft, Write } from "./draft";
import type { Gym } from "./gym";
import type { Refusal, Server } from "./requests";
import { dayOfRow } from "./warning";

export interface Checked {
  /** By the key of the row. */
  readonly verdicts: ReadonlyMap<string, Known>;
  /** Why the server cannot be asked; null if it can. */
  readonly trouble: string | null;
}

interface Known extends Verdict {
  /** What the row said then. */
  readonly of: string;
}

export class Checker {
  readonly #server: Server;
  readonly #listeners = new Set<() => void>();
  #checked: Checked = { verdicts: new Map(), trouble: null };
  #run = new AbortController();

  constructor(server: Server) {
    this.#server = server;
  }

  readonly get = (): Checked => this.#checked;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Asks about those rows that it does not know of, and about the classes of the same days with them:
   * which of them overlap is seen of all at once. What it asks meanwhile is given up.
   */
  request(drafts: readonly Draft[], gym: Gym): void {
    this.stop();
    const run = (this.#run = new AbortController());
    const open = drafts.filter((draft) => isOpen(draft, this.#checked));
    if (open.length === 0) return;
    const days = new Set(open.map((draft) => dayOfRow(draft, gym)));
    const isAsked = (draft: Draft) => {
      const day = dayOfRow(draft, gym);
      return isOpen(draft, this.#checked) || (isReady(draft) && !!day && days.has(day));
    };
    const some = drafts.filter(isAsked);
    this.#set({ ...this.#checked, trouble: null });
    const asked = new Map(some.map((draft) => [draft.key, wordsOf(draft.write)]));
    const tell = (verdicts: Verdicts) => {
      if (!run.signal.aborted) this.#add(verdicts, asked);
    };
    void check(some, gym, this.#server, run.signal, tell).then((trouble) => {
      if (!run.signal.aborted) this.#set({ ...this.#checked, trouble });
    });
  }

  stop(): void {
    this.#run.abort();
  }

  /** What the server said when a row was to be written. */
  add(refusals: ReadonlyMap<string, Refusal>, drafts: readonly Draft[]): void {
    const verdicts = Array.from(
      refusals,
      ([key, refusal]) => [key, { refusal, warnings: [] }] as const,
    );
    this.#add(new Map(verdicts), new Map(drafts.map(({ key, write }) => [key, wordsOf(write)])));
  }

  /** Asks about all of them anew, when next requested. */
  forget(): void {
    this.#set({ verdicts: new Map(), trouble: null });
  }

  #add(said: Verdicts, asked: ReadonlyMap<string, string>): void {
    const verdicts = new Map(this.#checked.verdicts);
    for (const [key, verdict] of said) verdicts.set(key, { ...verdict, of: asked.get(key) ?? "" });
    this.#set({ ...this.#checked, verdicts });
  }

  #set(checked: Checked): void {
    this.#checked = checked;
    for (const listener of this.#listeners) listener();
  }
}

/** Whether the server has yet to say what it thinks of the row. */
export function isOpen(draft: Draft, { verdicts }: Checked): boolean {
  return isReady(draft) && verdicts.get(draft.key)?.of !== wordsOf(draft.write);
}

/** The row with what the server said of it, but for what it said of other rows that are not so any more. */
export function judged(
  draft: Draft,
  { verdicts }: Checked,
  rows: ReadonlyMap<string, Draft>,
): Draft {
  const said = verdicts.get(draft.key);
  if (!said || draft.write === null || draft.status === "wrong") return draft;
  if (said.of !== wordsOf(draft.write)) return draft;
  if (said.refusal === null) {
    const warnings = said.warnings.filter(({ row }) => row === null || isStill(row, rows));
    return warnings.length > 0 ? { ...draft, warnings: warnings.map(({ text }) => text) } : draft;
  }
  const { errors, text } = said.refusal;
  const problems = text === "" ? [] : [{ text, mayBeMeant: false }];
  return { ...draft, status: "wrong", errors, problems };
}

/** Whether the row is to be written as it was. */
function isStill(row: Draft, rows: ReadonlyMap<string, Draft>): boolean {
  const now = rows.get(row.key);
  return now !== undefined && isReady(now) && wordsOf(now.write) === wordsOf(row.write);
}

const words = new WeakMap<Write, string>();

function wordsOf(write: Write | null): string {
  if (write === null) return "";
  const known = words.get(write);
  if (known !== undefined) return known;
  const made = JSON.stringify([write.id, write.base, write.data]);
  words.set(write, made);
  return made;
}
