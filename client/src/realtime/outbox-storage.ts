/**
 * Where edits wait, so that a reload loses none. Each op has its own key: two tabs never write
 * over each other's.
 */
import type { Op } from "./op";

export interface OutboxStorage {
  /** The ops that this tab has to look after, oldest first. */
  load(): Promise<Op[]>;
  save(op: Op): void;
  remove(op: Op): void;
}

const PREFIX = "spotter.op.";

interface Saved {
  tab: string;
  op: Op;
}

export class LocalOutboxStorage implements OutboxStorage {
  #tab = "";

  async load(): Promise<Op[]> {
    this.#tab = await claimTab();
    const alive = await livingTabs();
    const found: Op[] = [];
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const saved = parse(localStorage.getItem(key));
      if (!saved || (saved.tab !== this.#tab && alive.has(saved.tab))) continue;
      found.push(saved.op);
    }
    found.sort((a, b) => a.order - b.order);
    for (const op of found) this.save(op);
    return found;
  }

  save(op: Op): void {
    const saved: Saved = { tab: this.#tab, op };
    localStorage.setItem(PREFIX + op.op, JSON.stringify(saved));
  }

  remove(op: Op): void {
    localStorage.removeItem(PREFIX + op.op);
  }
}

function parse(text: string | null): Saved | null {
  try {
    return text === null ? null : (JSON.parse(text) as Saved);
  } catch {
    return null;
  }
}

const TAB = "spotter.tab";

/**
 * A name that this tab keeps over reloads. It holds a lock of that name as long as it lives: a
 * duplicated tab starts with the same name, finds it taken, and gets another.
 */
async function claimTab(): Promise<string> {
  const name = sessionStorage.getItem(TAB) ?? newName();
  sessionStorage.setItem(TAB, name);
  // Pages without TLS have no locks; there, two tabs may both send an op, which is harmless.
  if (!("locks" in navigator)) return name;
  const mine = await new Promise<boolean>((resolve) => {
    void navigator.locks.request(`${TAB}.${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
  });
  if (mine) return name;
  sessionStorage.removeItem(TAB);
  return claimTab();
}

async function livingTabs(): Promise<Set<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map((lock) => (lock.name ?? "").slice(TAB.length + 1)));
}

function newName(): string {
  return Math.random().toString(36).slice(2);
}
