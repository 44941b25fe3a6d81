/** Writes the rows: whole batches, one after the other, each of which can be undone by itself. */
import { reason } from "@spotter/realtime";
import type { Ack, AnyRecord } from "@spotter/realtime";
import { said } from "../../ui/base/said";
import { fitting, wireOf } from "./batches";
import type { Wire } from "./batches";
import type { Draft } from "./draft";
import { patiently, refusalsOf } from "./requests";
import type { Refusal, Server } from "./requests";
import { texts } from "./texts";

/** Rows of one sheet. */
export interface Group {
  readonly name: string;
  readonly drafts: readonly Draft[];
}

/** What was written in one commit. */
export interface Written {
  readonly seq: number;
  /** The sheet. */
  readonly name: string;
  /** The keys of the rows, and what record each is. */
  readonly ids: ReadonlyMap<string, number>;
  readonly rows: readonly Draft[];
}

export interface Listener {
  written(batch: Written): void;
  refused(refusals: ReadonlyMap<string, Refusal>): void;
}

/** `stopped`: the rest is not written, and why. */
export type Ending =
  { readonly kind: "done" | "cancelled" } | { readonly kind: "stopped"; readonly why: string };

interface Ready {
  readonly draft: Draft;
  readonly wire: Wire;
}

/** Those that the server refuses are told, and left out; it ends where it cannot go on. */
export async function write(
  groups: readonly Group[],
  known: ReadonlyMap<string, number>,
  server: Server,
  signal: AbortSignal,
  listener: Listener,
): Promise<Ending> {
  const ids = new Map(known);
  let most = 500;
  for (const { name, drafts } of groups) {
    let open = readyOf(drafts, ids, listener);
    while (open.length > 0) {
      if (signal.aborted) return { kind: "cancelled" };
      const some = open.slice(0, Math.min(most, 500));
      const sent = some.slice(
        0,
        fitting(
          some.map(({ wire }) => wire),
          most,
        ),
      );
      const ack = await patiently(() => server.write(sent.map(({ wire }) => wire)), signal);
      if (ack === null) return { kind: "cancelled" };
      if (ack.ok) {
        const batch = writtenOf(name, sent, ack as Ack<AnyRecord[]>);
        for (const [key, id] of batch.ids) ids.set(key, id);
        listener.written(batch);
        open = open.slice(sent.length);
        continue;
      }
      if (ack.meta?.code === "too_large" && sent.length > 1) {
        most = Math.ceil(sent.length / 2);
        continue;
      }
      const refused = await refusedOf(sent, ack, server, signal);
      if (refused.size === 0) return { kind: "stopped", why: said(reason(ack.errors)) };
      listener.refused(refused);
      open = open.filter(({ draft }) => !refused.has(draft.key));
    }
  }
  return { kind: "done" };
}

/** Without those that refer to rows that were not written. */
function readyOf(
  drafts: readonly Draft[],
  ids: ReadonlyMap<string, number>,
  listener: Listener,
): readonly Ready[] {
  const ready: Ready[] = [];
  const waiting = new Map<string, Refusal>();
  for (const draft of drafts) {
    const wire = draft.write && wireOf(draft.write, (row) => ids.get(row));
    if (wire) ready.push({ draft, wire });
    else waiting.set(draft.key, { errors: {}, text: texts.notWrittenYet });
  }
  if (waiting.size > 0) listener.refused(waiting);
  return ready;
}

function writtenOf(name: string, sent: readonly Ready[], ack: Ack<AnyRecord[]>): Written {
  const ids = sent.map(({ draft }, place) => [draft.key, ack.data?.[place]?.id ?? 0] as const);
  return { seq: ack.meta?.seq ?? 0, name, ids: new Map(ids), rows: sent.map(({ draft }) => draft) };
}

/** All rows of a refused batch that are wrong: the refusal names the first alone. */
async function refusedOf(
  sent: readonly Ready[],
  ack: Ack,
  server: Server,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Refusal>> {
  const [first] = sent;
  if (first === undefined) return new Map();
  const { channel } = first.draft;
  const named = new Map(refusalsOf(ack, channel));
  if (named.size > 0) {
    const all = await patiently(() => server.check(sent.map(({ wire }) => wire)), signal);
    if (all) for (const [place, refusal] of refusalsOf(all, channel)) named.set(place, refusal);
  } else if (ack.meta?.code === "too_large") {
    named.set(0, { errors: {}, text: said(reason(ack.errors)) });
  }
  return new Map(
    Array.from(named, ([place, refusal]) => [sent[place]?.draft.key ?? "", refusal] as const),
  );
}
