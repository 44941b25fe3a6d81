/**
 * What somebody has typed and not saved yet, kept over reloads of this tab: for whoever typed it, and
 * without what is secret.
 */
import { writeOnlyIn, tabStorage, withoutWriteOnly } from "@spotter/realtime";
import type { AnyRecord, Channel } from "@spotter/realtime";
import { protocol } from "../../served";

export interface Draft {
  /** What the inputs held. */
  values?: Record<string, unknown>;
  /** Instead of `values`: fields as they go to the server, of an edit that did not get through. */
  data?: Readonly<Record<string, unknown>>;
  /** Secret fields that were typed too, and have to be typed again. */
  withheld?: readonly string[];
  /** The refused edit that this draft is a second try of. */
  op?: string;
  /** The record that the typing started from; null for a new one. */
  base: { record: AnyRecord; rev: number | null } | null;
}

/** Whose draft, and of what: a record, or a new one (null). */
export interface Place {
  account: string | null;
  channel: Channel;
  id: number | null;
  /** What a new one is for, where each has a draft of its own. */
  of?: string | undefined;
}

const PREFIX = "spotter.draft.";
/** Drafts of an earlier version, which belong to nobody in particular and may hold passwords. */
const OLD = /^spotter\.draft\.[a-z_]+\.-?\w+$/;

for (const old of tabStorage.keys(PREFIX)) if (OLD.test(old)) tabStorage.remove(old);

/** No username has a line break in it. */
function prefix(account: string | null): string {
  return `${PREFIX}${account ?? ""}\n`;
}

function key({ account, channel, id, of }: Place): string {
  return `${prefix(account)}${channel}.${id ?? ["new", of].filter(Boolean).join(" ")}`;
}

export function loadDraft(place: Place): Draft | null {
  try {
    const draft = JSON.parse(tabStorage.get(key(place)) ?? "null") as Draft | null;
    return typeof draft === "object" ? draft : null;
  } catch {
    return null;
  }
}

export function saveDraft(place: Place, draft: Draft): void {
  const { channel } = place;
  const { values, data, base, withheld: known = [] } = draft;
  const withheld = [
    ...new Set([...known, ...writeOnlyIn(protocol, channel, values ?? data ?? {})]),
  ];
  const kept: Draft = {
    ...draft,
    ...(values && { values: withoutWriteOnly(protocol, channel, values) }),
    ...(data && { data: withoutWriteOnly(protocol, channel, data) }),
    ...(withheld.length > 0 && { withheld }),
    base: base && { ...base, record: withoutWriteOnly(protocol, channel, base.record) },
  };
  tabStorage.set(key(place), JSON.stringify(kept));
}

export function clearDraft(place: Place): void {
  tabStorage.remove(key(place));
}

/** Lets go of everything that somebody has typed on this page and not saved. */
export function clearDrafts(account: string | null): void {
  for (const each of tabStorage.keys(prefix(account))) tabStorage.remove(each);
}

/** Gives what an account has typed to the name that it has now. */
export function renameDrafts(from: string, to: string): void {
  for (const old of tabStorage.keys(prefix(from))) {
    const text = tabStorage.get(old);
    if (text !== null) tabStorage.set(prefix(to) + old.slice(prefix(from).length), text);
    tabStorage.remove(old);
  }
}
