import { useRealtime } from "@spotter/realtime/react";
import type { Channel, RecordOf } from "@spotter/realtime";
import { useEffect, useEffectEvent } from "react";

/**
 * Calls back when records that were made without a connection have come to the server, by the ids that they had till
 * then: whoever holds such an id has to hold the record's own from then on.
 */
export function useArrived<C extends Channel>(
  channel: C,
  ids: readonly number[],
  onArrived: (arrived: ReadonlyMap<number, RecordOf<C>>) => void,
): void {
  const { ops } = useRealtime().outbox;
  const look = useEffectEvent(() => {
    const arrived = new Map<number, RecordOf<C>>();
    for (const op of ops.get()) {
      if (op.kind !== "new" || op.channel !== channel || op.state !== "settled") continue;
      if (op.ack?.data && ids.includes(op.id)) arrived.set(op.id, op.ack.data as RecordOf<C>);
    }
    if (arrived.size > 0) onArrived(arrived);
  });
  // At once: a settled edit may be gone before anything is drawn again.
  useEffect(() => ops.subscribe(() => look()), [ops]);
}
