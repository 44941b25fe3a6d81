import type { Channel } from "@spotter/realtime";
import { useMemo } from "react";
import { useDescription } from "../developers/explorer/use-description";
import { fieldsOf } from "./fields";

/** The fields of a channel's records once the server has described them, or why it has not. */
export function useFields(channel: Channel) {
  const { description, problem, retry } = useDescription();
  const fields = useMemo(
    () => description && fieldsOf(channel, description),
    [channel, description],
  );
  return { fields, problem, retry };
}
