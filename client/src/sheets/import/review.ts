/** All rows of all sheets, against what is there and against each other. Pure. */
import { beforeOf, changesOf, lacking, nounOf } from "./draft";
import type { Draft } from "./draft";
import { order } from "./fields";
import type { ImportChannel } from "./fields";
import { replacedKey, Targets } from "./gym";
import type { Gym, Target } from "./gym";
import { isOther, Matches } from "./matches";
import { Problems } from "./problems";
import { bodyOf, cellsOf, rowKey } from "./sheet";
import type { Cells, Sheet } from "./sheet";
import type { Line } from "./table";
import { valuesOf } from "./values";
import type { Surroundings } from "./values";
import { texts } from "./texts";

export interface Circumstances {
  readonly gym: Gym;
  /** The rows that were written already, and what record each is. */
  readonly written: ReadonlyMap<string, number>;
  /** Which record is meant by a name that nothing has: see `replacedKey`. */
  readonly replaced: ReadonlyMap<string, number>;
  /** The ids in the tables are of another gym. */
  readonly ignoresIds: boolean;
  readonly languages: readonly string[];
}

/** A name that nothing has. */
export interface Missing {
  readonly channel: Target;
  readonly name: string;
  /** How many rows want it. */
  readonly count: number;
  /** The cells of the first of them. */
  readonly cells: Cells;
}

export interface Review {
  /** By the key of the sheet. */
  readonly drafts: ReadonlyMap<string, readonly Draft[]>;
  readonly missing: readonly Missing[];
  /** Whether most ids are those of records with other names: then the tables are of another gym. */
  readonly isForeign: boolean;
}

export function review(sheets: readonly Sheet[], circumstances: Circumstances): Review {
  return new Reviewing(circumstances).all(sheets);
}

class Reviewing {
  readonly #now: Circumstances;
  readonly #around: Surroundings;
  readonly #matches: Matches;
  readonly #problems = new Problems();
  readonly #drafts = new Map<string, readonly Draft[]>();
  readonly #missing = new Map<string, Missing>();
  readonly #ids = { all: 0, foreign: 0 };

  constructor(circumstances: Circumstances) {
    this.#now = circumstances;
    const { gym, replaced, languages } = circumstances;
    this.#around = {
      coaches: new Targets("coaches", gym, replaced),
      workout_plans: new Targets("workout_plans", gym, replaced),
      exercise_moves: new Targets("exercise_moves", gym, replaced),
      languages,
    };
    this.#matches = new Matches(gym, this.#around);
  }

  all(sheets: readonly Sheet[]): Review {
    for (const channel of order) {
      for (const sheet of sheets.filter(({ columns }) => columns.channel === channel)) {
        const drafts = bodyOf(sheet).map((line) => this.#draft(sheet, line));
        this.#drafts.set(sheet.key, drafts);
      }
    }
    const { all, foreign } = this.#ids;
    return {
      drafts: this.#drafts,
      missing: Array.from(this.#missing.values()),
      isForeign: foreign > 1 && foreign > all / 2,
    };
  }

  #draft(sheet: Sheet, line: Line): Draft {
    const { channel } = sheet.columns;
    const key = rowKey(sheet, line);
    const cells = this.#cells(sheet, line);
    const common = { key, channel, line: line.number, cells };
    const nothing = { note: "", errors: {}, problems: [], before: {}, write: null };
    const made = this.#now.written.get(key);
    if (made !== undefined) {
      this.#name(channel, cells["name"], made);
      return { ...common, ...nothing, status: "written" };
    }
    if (sheet.out.has(line.number)) return { ...common, ...nothing, status: "out" };
    const draft = { ...common, ...this.#judged(sheet, line, cells) };
    this.#promise(sheet, draft);
    return draft;
  }

  #cells(sheet: Sheet, line: Line): Cells {
    const cells = cellsOf(sheet, line);
    if (!this.#now.ignoresIds) return cells;
    return Object.fromEntries(Object.entries(cells).filter(([key]) => !/(^|_)id$/.test(key)));
  }

  #judged(sheet: Sheet, line: Line, cells: Cells): Judged {
    const { channel } = sheet.columns;
    const byId = this.#matches.byId(channel, cells["id"] ?? "");
    const read = (record: unknown) => valuesOf(channel, cells, record, this.#around);
    const first = read(byId?.record ?? null);
    const { entry, note } = byId
      ? { entry: byId, note: "" }
      : this.#matches.byContent(channel, cells, first.fields);
    // What stays of a plan's moves depends on which plan it is.
    const values = entry && !byId && channel === "workout_plans" ? read(entry.record) : first;
    this.#count(cells, values.isForeign || (byId !== undefined && isOther(byId.record, cells)));
    for (const { targets, name } of values.missing) this.#want(targets.channel, name, cells);

    const errors = { ...(entry ? {} : lacking(channel, cells)), ...values.errors };
    if (!/^\d{0,15}$/.test(cells["id"] ?? "")) errors["id"] = texts.idNumber;
    const { fields } = values;
    const record = entry?.record.id;
    const hasErrors = Object.keys(errors).length > 0;
    const problems = this.#problems.of({ sheet, line, cells, fields, record, hasErrors });
    const changes = entry ? changesOf(fields, entry.record) : fields;
    const isWrong = hasErrors || problems.length > 0;
    const isUnchanged = entry !== undefined && Object.keys(changes).length === 0;
    return {
      status: isWrong ? "wrong" : isUnchanged ? "unchanged" : entry ? "changed" : "new",
      note,
      errors,
      problems,
      before: entry ? beforeOf(channel, changes, entry.record) : {},
      write: isUnchanged
        ? null
        : { channel, id: record ?? null, base: entry?.rev ?? null, data: changes },
    };
  }

  #count(cells: Cells, isForeign: boolean): void {
    if (!Object.keys(cells).some((key) => /(^|_)id$/.test(key))) return;
    this.#ids.all += 1;
    if (isForeign) this.#ids.foreign += 1;
  }

  /** Counts a name that nothing has. */
  #want(channel: Target, name: string, cells: Cells): void {
    const key = replacedKey(channel, name);
    const known = this.#missing.get(key) ?? { channel, name, count: 0, cells };
    this.#missing.set(key, { ...known, count: known.count + 1 });
  }

  /** Lets later rows refer to what this one will make, or to what it will call something. */
  #promise(sheet: Sheet, { key, channel, line, status, cells, write }: Draft): void {
    if (write === null || channel === "schedules") return;
    if (write.id !== null) return this.#name(channel, cells["name"], write.id);
    const obstacle = status === "wrong" ? texts.wrongYet(nounOf(channel), line, sheet.name) : null;
    return this.#around[channel].add(cells["name"] ?? "", { row: key, obstacle });
  }

  /** Another name of a record. */
  #name(channel: ImportChannel, name: string | undefined, id: number): void {
    if (channel === "schedules" || name === undefined) return;
    const { byName } = this.#around[channel];
    if (byName.findExactly(name).kind === "none") byName.add(name, id);
  }
}

type Judged = Omit<Draft, "key" | "channel" | "line" | "cells">;
