/** Requests of an import: they wait where the server wants it, and say by row what is wrong. */
import { reason, writeErrors } from "@spotter/realtime";
import type { Ack, Errors, Realtime } from "@spotter/realtime";
import { said } from "../../ui/base/said";
import { fields } from "./fields";
import type { ImportChannel } from "./fields";
import type { Wire } from "./batches";
import { texts } from "./texts";

/** The ways to the server. */
export interface Server {
  /** What the writes would do. */
  check(writes: readonly Wire[]): Promise<Ack>;
  /** Does all of them, or none. */
  write(writes: readonly Wire[]): Promise<Ack>;
  undo(seq: number): Promise<Ack>;
}

/** A request that is equal to the last one, and made within this time of it, is taken for the same. */
const APART = 1_100;

export function serverOf({ connection, commands, undo }: Realtime): Server {
  let newest = 0;
  /** Whether it is a commit of its own, and not an answer that was there before. */
  const isFresh = ({ ok, meta }: Ack) => {
    if (!ok || meta?.seq === undefined) return true;
    if (meta.seq <= newest) return false;
    newest = meta.seq;
    return true;
  };
  return {
    check: (writes) => connection.request("batch", { writes }, { check: true }),
    write: async (writes) => {
      const ack = await commands.send("batch", { writes });
      if (isFresh(ack)) return ack;
      // Equal rows are meant twice here, and so are those that were written and taken back.
      await waited(APART, new AbortController().signal);
      return commands.send("batch", { writes });
    },
    undo: async (seq) => {
      const ack = await undo.commit(seq);
      isFresh(ack);
      return ack;
    },
  };
}

const LATER = new Set(["rate_limited", "unavailable"]);

/** Asks until the server has time for it; null if somebody cancels while it waits. */
export async function patiently<D>(
  ask: () => Promise<Ack<D>>,
  signal: AbortSignal,
): Promise<Ack<D> | null> {
  for (;;) {
    const ack = await ask();
    if (ack.ok || !LATER.has(ack.meta?.code ?? "")) return ack;
    if (!(await waited(Math.max(APART, (ack.meta?.retry_after ?? 1) * 1_000), signal))) return null;
  }
}

/** True after that time, in milliseconds; false once somebody cancels. */
function waited(time: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", cancel);
      resolve(true);
    }, time);
    signal.addEventListener("abort", cancel, { once: true });
  });
}

/** Why the server does not take a row. */
export interface Refusal {
  /** By the key of the cell. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is not about a cell; "" if there is nothing such. */
  readonly text: string;
}

/** What was refused, by its place; empty if the refusal is not about single writes. */
export function refusalsOf(ack: Ack, channel: ImportChannel): ReadonlyMap<number, Refusal> {
  if (ack.ok) return new Map();
  const found = Array.from(writeErrors(ack.errors));
  return new Map(found.map(([place, errors]) => [place, refusalOf(channel, errors)]));
}

export function refusalOf(channel: ImportChannel, refused: Errors): Refusal {
  const errors: Record<string, string> = {};
  for (const [field, messages] of Object.entries(refused)) {
    const key = [field, `${field}_name`].find((each) =>
      fields[channel].some((known) => known.key === each),
    );
    if (key !== undefined && key !== "id") errors[key] = said(firstOf(messages));
  }
  return { errors, text: Object.keys(errors).length > 0 ? "" : said(reason(refused)) };
}

/** The first message of however many, however deep. */
function firstOf(messages: Errors[string]): string {
  if (typeof messages === "string") return messages;
  const [first] = Object.values(messages);
  return first === undefined ? texts.refused : firstOf(first);
}
