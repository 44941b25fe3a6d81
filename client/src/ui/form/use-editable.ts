import { useAccount, useRecord } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { useState } from "react";
import { loadDraft } from "./drafts";

/**
 * Whether there is something to edit: a new record (null), one that is there or was there when its
 * editing began, or what an earlier visit had typed into one.
 */
export function useEditable(channel: Channel, id: number | null): boolean {
  const there = useRecord(channel, id) !== undefined;
  const account = useAccount();
  const [begun, begin] = useState(
    () => id === null || loadDraft({ account, channel, id }) !== null,
  );
  if (there && !begun) begin(true);
  return begun || there;
}
