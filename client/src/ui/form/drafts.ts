/** What somebody has typed and not saved yet, kept over reloads of this tab. */
import type { AnyRecord, Channel } from "../../realtime";

export interface Draft {
  /** What the inputs held. */
  values?: Record<string, unknown>;
  /** Instead of `values`: fields as they go to the server, of an edit that did not get through. */
  data?: Readonly<Record<string, unknown>>;
  /** The refused edit that this draft is a second try of. */
  op?: string;
  /** The record that the typing started from; null for a new one. */
  base: { record: AnyRecord; rev: number | null } | null;
}

function key(channel: Channel, id: number | null): string {
  return `spotter.draft.${channel}.${id ?? "new"}`;
}

export function loadDraft(channel: Channel, id: number | null): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(key(channel, id)) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

export function saveDraft(channel: Channel, id: number | null, draft: Draft): void {
  sessionStorage.setItem(key(channel, id), JSON.stringify(draft));
}

export function clearDraft(channel: Channel, id: number | null): void {
  sessionStorage.removeItem(key(channel, id));
}
