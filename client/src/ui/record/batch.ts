/** Several edits as one: made at once, with one message and one way back. */
import { notifications } from "@mantine/notifications";
import type { Edit, Outcome, Realtime } from "@spotter/realtime";
import { whyNot } from "../base/why-not";
import { dismissRefusals } from "./dismiss-refusals";
import { offerUndo } from "./undo";
import { texts } from "./texts";

interface Said {
  /** When it is done. */
  text: string;
  /** What was changed, as the subject of a sentence. */
  label: string;
  /** Begins what is said if the server refuses. */
  refused: string;
}

/** As many writes as one batch may have. */
export const MOST_AT_ONCE = 500;

/** How many batches make so many edits. */
export function batchesOf(count: number): number {
  return Math.ceil(count / MOST_AT_ONCE);
}

/**
 * Makes the edits, all of them or none; says so with an undo, or why not. There has to be one at least. More than one
 * batch may have are several, of which each is made or is not: what is said then tells how many edits were.
 */
export async function editTogether(
  realtime: Realtime,
  edits: readonly Edit[],
  { text, label, refused }: Said,
): Promise<void> {
  const [first] = edits;
  if (first === undefined) return;
  const batches = Array.from({ length: batchesOf(edits.length) }, (_, at) =>
    edits.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
  const pending = batches.map((some) =>
    some[0] && some.length === 1 ? realtime.edit(some[0]) : realtime.batch(some),
  );
  const changes = pending.map(({ op }) => ({ op, channel: first.channel, label }));
  const withdraw = offerUndo(realtime, text, changes);
  const outcomes = await Promise.all<Outcome<unknown>>(pending.map(({ outcome }) => outcome));
  const failed = outcomes.find((outcome) => outcome.status === "refused");
  if (failed?.status !== "refused") return;
  withdraw();
  for (const outcome of outcomes) dismissRefusals(outcome);
  const isMade = (_: unknown, at: number) => outcomes[at]?.status !== "refused";
  const why = whyNot(failed.ack);
  const made = batches.filter(isMade).flat().length;
  if (made > 0) {
    offerUndo(realtime, texts.partlyMade(made, edits.length, why), changes.filter(isMade));
    return;
  }
  notifications.show({
    id: `refused ${changes[0]?.op}`,
    color: "var(--danger)",
    autoClose: 12_000,
    message: `${refused} ${why}`,
  });
}
