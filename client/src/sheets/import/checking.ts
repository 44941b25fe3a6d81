/** Asks the server of each row what it would say, without writing anything. */
import { reason } from "@spotter/realtime";
import type { Ack } from "@spotter/realtime";
import { said } from "../../ui/base/said";
import { fitting, wireOf } from "./batches";
import type { Wire } from "./batches";
import type { Draft } from "./draft";
import type { Gym, Target } from "./gym";
import { patiently, refusalsOf } from "./requests";
import type { Refusal, Server } from "./requests";
import { warningOf } from "./warning";
import type { Warning } from "./warning";

const targets: Readonly<Record<string, Target>> = {
  coach: "coaches",
  workout_plan: "workout_plans",
  exercise_moves: "exercise_moves",
};

export interface Verdict {
  /** Null for what would be taken. */
  readonly refusal: Refusal | null;
  /** What a person should know of it. */
  readonly warnings: readonly Warning[];
}

/** By the key of the row. */
export type Verdicts = ReadonlyMap<string, Verdict>;

/**
 * Gives verdicts of these rows, some at a time. Any record stands for one that is not there yet; where
 * there is none, the row is left to when it is written. Gives the line for a person if the server
 * cannot be asked, else null.
 */
export async function check(
  drafts: readonly Draft[],
  gym: Gym,
  server: Server,
  signal: AbortSignal,
  tell: (verdicts: Verdicts) => void,
): Promise<string | null> {
  const standIn = (_row: string, field: string) => {
    const target = targets[field];
    return target && gym[target].keys().next().value;
  };
  const open: { draft: Draft; wire: Wire }[] = [];
  const unasked = new Map<string, Verdict>();
  for (const draft of drafts) {
    const wire = draft.write && wireOf(draft.write, standIn);
    if (wire) open.push({ draft, wire });
    else unasked.set(draft.key, { refusal: null, warnings: [] });
  }
  if (unasked.size > 0) tell(unasked);
  let most = Infinity;
  for (let at = 0; at < open.length && !signal.aborted;) {
    const channel = open[at]?.draft.channel ?? "coaches";
    const like = open.slice(at, at + 500).findIndex(({ draft }) => draft.channel !== channel);
    const some = open.slice(at, like < 0 ? at + 500 : at + like);
    const count = fitting(
      some.map(({ wire }) => wire),
      Math.min(most, 500),
    );
    const asked = some.slice(0, count);
    const ack = await patiently(() => server.check(asked.map(({ wire }) => wire)), signal);
    if (ack === null || signal.aborted) return null;
    if (ack.meta?.code === "too_large" && count > 1) {
      most = Math.ceil(count / 2);
      continue;
    }
    const refused = refusalsOf(ack, channel);
    if (!ack.ok && refused.size === 0) return said(reason(ack.errors));
    // What stands for another record has warnings of its own, and gives some to others.
    const isSure = asked.every(({ draft }) => isWhole(draft));
    const warned = isSure ? warningsOf(ack) : new Map<number, string[]>();
    tell(
      new Map(
        asked.map(({ draft }, place) => [
          draft.key,
          {
            refusal: refused.get(place) ?? null,
            warnings: (warned.get(place) ?? []).map((line) => warningOf(line, drafts, gym)),
          },
        ]),
      ),
    );
    at += count;
  }
  return null;
}

/** Whether all that the row refers to is there. */
function isWhole({ write }: Draft): boolean {
  return write !== null && wireOf(write, () => undefined) !== null;
}

/** The warnings of a batch by the place of the write, which each begins with. */
function warningsOf({ meta }: Ack): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const line of meta?.warnings ?? []) {
    const [, place, text] = /^Write (\d+)(?: \([^)]*\))?: (.*)$/s.exec(line) ?? [];
    if (place === undefined || text === undefined) continue;
    const at = Number(place) - 1;
    found.set(at, [...(found.get(at) ?? []), text]);
  }
  return found;
}
