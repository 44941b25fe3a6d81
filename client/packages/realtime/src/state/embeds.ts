/** Copies follow by rule: a record that shows another one shows it as it is now. Pure. */
import { equal } from "../base/equal.js";
import type { Embeds } from "../protocol/messages.js";
import type { AnyRecord, Channel } from "../protocol/protocol.js";

/** A field of the channel `owner` in which copies of another channel's records stand, by these fields. */
export interface EmbedRule {
  readonly owner: Channel;
  readonly field: string;
  readonly channel: Channel;
  readonly fields: readonly string[];
}

/** The rules, those of what stands inside a copy before those of the copy. */
export function rulesOf(embeds: Embeds): EmbedRule[] {
  const rules = Object.entries(embeds).flatMap(([owner, fields]) =>
    Object.entries(fields ?? {}).map(([field, rule]) => ({
      owner: owner as Channel,
      field,
      ...rule,
    })),
  );
  const depth = (rule: EmbedRule): number =>
    1 + Math.max(0, ...rules.filter((inner) => isInside(inner, rule)).map(depth));
  return rules.toSorted((a, b) => depth(a) - depth(b));
}

function isInside(inner: EmbedRule, rule: EmbedRule): boolean {
  return inner.owner === rule.channel && rule.fields.includes(inner.field);
}

/** Whether copies of the record are the same before and after. */
export function isSameCopy({ fields }: EmbedRule, before: AnyRecord, after: AnyRecord): boolean {
  return fields.every((name) => equal(valueOf(before, name), valueOf(after, name)));
}

/** Whether the record has a copy of one of these. */
export function hasCopyOf(
  { field }: EmbedRule,
  record: AnyRecord,
  ids: ReadonlySet<number>,
): boolean {
  return copiesIn(valueOf(record, field)).some(({ id }) => ids.has(id));
}

/** The record with its copies of what is known as that is now; itself if they are. */
export function withCopies(
  { field, fields }: EmbedRule,
  record: AnyRecord,
  find: (id: number) => AnyRecord | undefined,
): AnyRecord {
  const renewed = (copy: Copy) => {
    const now = find(copy.id);
    // What else the record keeps beside a copy is its own.
    return now
      ? { ...copy, ...Object.fromEntries(fields.map((name) => [name, valueOf(now, name)])) }
      : copy;
  };
  const held = valueOf(record, field);
  const copies = copiesIn(held);
  const fresh = copies.map(renewed);
  if (equal(copies, fresh)) return record;
  return { ...record, [field]: Array.isArray(held) ? fresh : fresh[0] } as AnyRecord;
}

type Copy = { readonly id: number };

function copiesIn(held: unknown): readonly Copy[] {
  if (Array.isArray(held)) return held as Copy[];
  return typeof held === "object" && held !== null ? [held as Copy] : [];
}

function valueOf(record: AnyRecord, field: string): unknown {
  return Reflect.get(record, field) as unknown;
}
