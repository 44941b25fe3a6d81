/** Records of the resources that this client has no pages for. */
import { useRealtime } from "@spotter/realtime/react";
import type { AnyRecord, Channel } from "@spotter/realtime";
import { useEffect, useMemo, useReducer } from "react";
import { genericChannels, protocol } from "../../served";

const OF_EACH = 10;

interface OwnRecord {
  readonly channel: Channel;
  readonly record: AnyRecord;
}

/** The filter for records in which something was written; `{}` where no field can be looked into, or nothing is sought. */
export function whereSought(channel: Channel, sought: string): object {
  const searched = protocol.searched[channel] ?? [];
  if (sought === "" || searched.length === 0) return {};
  return { or: searched.map((field) => ({ [field]: { contains: sought } })) };
}

/** A few of each resource that fit what is sought; none while nothing is. The server looks through what is not here. */
export function useOwnRecords(sought: string): OwnRecord[] {
  const { queries } = useRealtime();
  const [, look] = useReducer((times: number) => times + 1, 0);
  const lists = useMemo(
    () =>
      genericChannels
        .filter((channel) => sought !== "" && protocol.searched[channel]?.length)
        .map((channel) => ({
          channel,
          list: queries.list(channel, {
            where: whereSought(channel, sought),
            order: ["-id"],
            limit: OF_EACH,
          }),
        })),
    [queries, sought],
  );
  useEffect(() => {
    const ends = lists.map(({ list }) => list.subscribe(look));
    look();
    return () => ends.forEach((end) => end());
  }, [lists]);
  return lists.flatMap(({ channel, list }) =>
    (list.get().records ?? []).map((record) => ({ channel, record })),
  );
}
