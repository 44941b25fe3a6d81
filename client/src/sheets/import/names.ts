/** Records by what a person writes for them. Pure. */
import { folded } from "../../ui/base/search-text";

/** `many`: several have that name. */
export type Found<T> =
  | { readonly kind: "one"; readonly it: T }
  | { readonly kind: "many"; readonly count: number }
  | { readonly kind: "none" };

/** Things by name: as written but for case and spaces, or else as a search would find it. */
export class Names<T> {
  readonly #base: Names<T> | null;
  readonly #exact = new Map<string, T[]>();
  /** Made when it is first asked for: names that are written rightly do without. */
  #similar: Map<string, T[]> | null = null;

  /** `base` has names that are there besides those that are added. */
  constructor(base: Names<T> | null = null) {
    this.#base = base;
  }

  add(name: string, it: T): void {
    put(this.#exact, tidy(name), it);
    this.#similar = null;
  }

  find(name: string): Found<T> {
    const exact = this.findExactly(name);
    return exact.kind === "none" ? found(this.#alike(folded(tidy(name)))) : exact;
  }

  /** Of exactly that name, but for case and spaces. */
  findExactly(name: string): Found<T> {
    return found(this.#called(tidy(name)));
  }

  #called(key: string): readonly T[] {
    return joined(this.#base ? this.#base.#called(key) : [], this.#exact.get(key));
  }

  #alike(key: string): readonly T[] {
    if (this.#similar === null) {
      this.#similar = new Map();
      for (const [name, all] of this.#exact) {
        for (const it of all) put(this.#similar, folded(name), it);
      }
    }
    return joined(this.#base ? this.#base.#alike(key) : [], this.#similar.get(key));
  }
}

function joined<T>(some: readonly T[] = [], more: readonly T[] = []): readonly T[] {
  return some.length === 0 ? more : more.length === 0 ? some : [...some, ...more];
}

export function sameName(one: string, other: string): boolean {
  return tidy(one) === tidy(other);
}

/** As many are remembered: of large tables each name is asked for several times. */
const REMEMBERED = 50_000;
const tidied = new Map<string, string>();

export function tidy(name: string): string {
  const before = tidied.get(name);
  if (before !== undefined) return before;
  if (tidied.size >= REMEMBERED) tidied.clear();
  const made = name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
  tidied.set(name, made);
  return made;
}

function found<T>(all: readonly T[] = []): Found<T> {
  const [first] = all;
  if (first === undefined) return { kind: "none" };
  return all.length === 1 ? { kind: "one", it: first } : { kind: "many", count: all.length };
}

function put<T>(map: Map<string, T[]>, key: string, it: T): void {
  const known = map.get(key);
  if (known) known.push(it);
  else map.set(key, [it]);
}
