/** Which record a row is about: by its id, or by what makes it sure. Pure. */
import type { Channels } from "../../protocol";
import { nounOf } from "./draft";
import type { ImportChannel } from "./fields";
import type { Gym, Ref } from "./gym";
import { tidy } from "./names";
import type { Cells } from "./sheet";
import type { Surroundings } from "./values";
import { texts } from "./texts";

export interface Match {
  /** Undefined for a new one. */
  readonly entry:
    { readonly record: Channels[ImportChannel]; readonly rev: number | null } | undefined;
  /** How it was found, or why none was; "" where that is plain. */
  readonly note: string;
}

export class Matches {
  readonly #gym: Gym;
  readonly #around: Surroundings;
  /** The ids of classes by when, who and what. */
  readonly #slots: ReadonlyMap<string, readonly number[]>;

  constructor(gym: Gym, around: Surroundings) {
    this.#gym = gym;
    this.#around = around;
    this.#slots = slotsOf(gym.schedules);
  }

  /** By the text of the cell of the id. */
  byId(channel: ImportChannel, id: string): Match["entry"] {
    return /^\d{1,15}$/.test(id) ? this.#gym[channel].get(Number(id)) : undefined;
  }

  /** By its name, or of a class by when, who and what, where that is unique. */
  byContent(
    channel: ImportChannel,
    cells: Cells,
    fields: Readonly<Record<string, unknown>>,
  ): Match {
    const id = cells["id"] ?? "";
    const unknown = id === "" ? "" : texts.noIdHere(nounOf(channel), id);
    const found =
      channel === "schedules" ? this.#slot(fields) : this.#named(channel, cells["name"] ?? "");
    return { entry: found.entry, note: [unknown, found.note].filter(Boolean).join(" ") };
  }

  #slot(fields: Readonly<Record<string, unknown>>): Match {
    const ids = this.#slots.get(slotKey(fields)) ?? [];
    const [id = 0] = ids;
    if (ids.length === 0) return { entry: undefined, note: "" };
    if (ids.length > 1) return { entry: undefined, note: texts.severalOfThese };
    return { entry: this.#gym.schedules.get(id), note: texts.foundByTime };
  }

  #named(channel: Exclude<ImportChannel, "schedules">, name: string): Match {
    const found = this.#around[channel].byName.findExactly(name);
    if (found.kind === "none") return { entry: undefined, note: "" };
    if (found.kind === "many") {
      return { entry: undefined, note: texts.severalNamed(found.count) };
    }
    const entry = this.#gym[channel].get(found.it);
    return { entry, note: entry ? texts.foundByName : "" };
  }
}

/** Made once for each state of the timetable. */
const slots = new WeakMap<Gym["schedules"], ReadonlyMap<string, readonly number[]>>();

function slotsOf(classes: Gym["schedules"]): ReadonlyMap<string, readonly number[]> {
  const known = slots.get(classes);
  if (known) return known;
  const made = new Map<string, number[]>();
  for (const { record } of classes.values()) {
    const key = slotKey({ ...record });
    made.set(key, [...(made.get(key) ?? []), record.id]);
  }
  slots.set(classes, made);
  return made;
}

/** Whether the row calls the record by another name. */
export function isOther(record: Channels[ImportChannel], cells: Cells): boolean {
  const name = cells["name"];
  return "name" in record && name !== undefined && tidy(name) !== tidy(record.name);
}

/** When, who and what a class is. */
export function slotKey(fields: Readonly<Record<string, unknown>>): string {
  const { day, hour, coach, workout_plan: plan } = fields;
  return [day, hour, refKey(coach), refKey(plan)].map(String).join(" ");
}

function refKey(ref: unknown): string | number | undefined {
  if (typeof ref !== "object" || ref === null) return undefined;
  const known = ref as Ref;
  return "id" in known ? known.id : known.row;
}
