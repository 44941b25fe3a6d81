/** What is there already, and what the other rows will make: where a row finds what it refers to. Pure. */
import type { Channels } from "../../protocol";
import { choices, ofCoach, ofMove, ofPlan } from "../../ui/base/select-options";
import { things } from "../../ui/shell/things";
import type { ImportChannel } from "./fields";
import { Names, sameName, tidy } from "./names";
import { texts } from "./texts";

export interface Entry<C extends ImportChannel> {
  readonly record: Channels[C];
  readonly rev: number | null;
}

export type Gym = { readonly [C in ImportChannel]: ReadonlyMap<number, Entry<C>> };

/** A record that is there, or one that another row will make. */
export type Ref = { readonly id: number } | { readonly row: string };

export type Target = Exclude<ImportChannel, "schedules">;

/** `missing` is a name that nothing has. */
export type Resolved =
  | { readonly ref: Ref; readonly isForeign?: true }
  | { readonly error: string; readonly missing?: string; readonly isForeign?: true };

interface Named {
  readonly id: number;
  readonly name: string;
}

interface Made {
  readonly row: string;
  /** What has to be done first, in a sentence; null if the row is right. */
  readonly obstacle: string | null;
}

const details = { coaches: ofCoach, workout_plans: ofPlan, exercise_moves: ofMove };

/** Records of a channel as cells name them: by name, by id, by a name with what sets namesakes apart. */
export class Targets {
  readonly channel: Target;
  readonly byName: Names<number>;
  readonly #byId: Entries;
  readonly #made = new Names<Made>();
  readonly #replaced: ReadonlyMap<string, number>;

  /** `replaced`: which record is meant by a name that nothing has, by `replacedKey`. */
  constructor(channel: Target, gym: Gym, replaced: ReadonlyMap<string, number>) {
    this.channel = channel;
    this.#byId = gym[channel];
    this.#replaced = replaced;
    this.byName = new Names(namesOf(gym[channel]));
  }

  /** What the lists of the page call namesakes. */
  get #labels(): Names<number> {
    return labelsOf(this.channel, this.#byId);
  }

  /** Says that a row will make a record of this name. */
  add(name: string, made: Made): void {
    this.#made.add(name, made);
  }

  /** `id` is the text of the cell beside, "" if there is none: where the two disagree, the name is meant. */
  resolve(name: string, id: string): Resolved {
    const there = /^\d{1,15}$/.test(id) ? this.#byId.get(Number(id)) : undefined;
    if (there && (name === "" || sameName(there.record.name, name))) {
      return { ref: { id: Number(id) } };
    }
    const one = things.one(this.channel);
    if (name === "") {
      return { error: id === "" ? texts.fillIn : texts.noSuchId(one, id) };
    }
    const named = this.#named(name);
    const isSame = "ref" in named && "id" in named.ref && named.ref.id === Number(id);
    return there && !isSame ? { ...named, isForeign: true } : named;
  }

  #named(name: string): Resolved {
    const [one, many] = [things.one(this.channel), things.many(this.channel)];
    const replaced = this.#replaced.get(replacedKey(this.channel, name));
    if (replaced !== undefined && this.#byId.has(replaced)) return { ref: { id: replaced } };
    const exact = this.byName.findExactly(name);
    if (exact.kind === "one") return { ref: { id: exact.it } };
    if (exact.kind === "many") {
      return {
        error: texts.severalCalled(exact.count, many, name),
      };
    }
    const made = this.#made.find(name);
    if (made.kind === "many") {
      return { error: texts.severalRows(made.count, one, name) };
    }
    if (made.kind === "one") {
      return made.it.obstacle === null
        ? { ref: { row: made.it.row } }
        : { error: made.it.obstacle };
    }
    const similar = this.byName.find(name);
    if (similar.kind === "one") return { ref: { id: similar.it } };
    const labelled = name.endsWith(")") ? this.#labels.findExactly(name) : null;
    if (labelled?.kind === "one") return { ref: { id: labelled.it } };
    return { error: texts.noneCalled(one, name), missing: name };
  }
}

type Entries = ReadonlyMap<number, { readonly record: Named }>;

/** Made once for each state of a table. */
const made = {
  names: new WeakMap<Entries, Names<number>>(),
  labels: new WeakMap<Entries, Names<number>>(),
};

function namesOf(entries: Entries): Names<number> {
  const known = made.names.get(entries);
  if (known) return known;
  const names = new Names<number>();
  for (const [id, { record }] of entries) names.add(record.name, id);
  made.names.set(entries, names);
  return names;
}

function labelsOf(channel: Target, entries: Entries): Names<number> {
  const known = made.labels.get(entries);
  if (known) return known;
  const names = new Names<number>();
  const records = Array.from(entries.values(), ({ record }) => record);
  const all = choices(records, details[channel] as (record: Named) => string);
  for (const { value, label } of all) names.add(label, Number(value));
  made.labels.set(entries, names);
  return names;
}

export function replacedKey(channel: Target, name: string): string {
  return `${channel} ${tidy(name)}`;
}
