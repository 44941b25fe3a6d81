/** Copies follow by rule: a record that shows another one shows it as it is now. Pure. */
import { equal } from "./equal";
import type { AnyRecord, Channel, Embeds } from "./wire";

/** A field of the channel `owner` in which copies stand, and the fields that these have. */
export interface Holder {
  readonly owner: Channel;
  readonly field: string;
  readonly fields: readonly string[];
}

/** Where copies of this channel's records may stand. */
export function holders(embeds: Embeds, channel: Channel): Holder[] {
  return Object.entries(embeds).flatMap(([owner, rules]) =>
    Object.entries(rules)
      .filter(([, rule]) => rule.channel === channel)
      .map(([field, { fields }]) => ({ owner: owner as Channel, field, fields })),
  );
}

/** Whether copies of the record are the same before and after. */
export function isSameCopy({ fields }: Holder, before: AnyRecord, after: AnyRecord): boolean {
  return fields.every((name) => equal(valueOf(before, name), valueOf(after, name)));
}

/** The holder's record with its copies of `copied` as that is now; itself if there are none, or no others. */
export function withCopy(
  { field, fields }: Holder,
  record: AnyRecord,
  copied: AnyRecord,
): AnyRecord {
  const held = valueOf(record, field);
  const isOne = (copy: unknown) => (copy as AnyRecord | null)?.id === copied.id;
  if (Array.isArray(held) ? !held.some(isOne) : !isOne(held)) return record;
  const shown = Object.fromEntries(fields.map((name) => [name, valueOf(copied, name)]));
  // What else the holder keeps beside a copy is its own.
  const over = (copy: unknown) => (isOne(copy) ? { ...(copy as object), ...shown } : copy);
  const fresh = Array.isArray(held) ? held.map(over) : over(held);
  return equal(held, fresh) ? record : ({ ...record, [field]: fresh } as AnyRecord);
}

function valueOf(record: AnyRecord, field: string): unknown {
  return Reflect.get(record, field) as unknown;
}
