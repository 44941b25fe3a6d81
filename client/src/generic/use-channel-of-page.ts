import type { Channel } from "@spotter/realtime";
import { useParams } from "wouter";

/** The channel that the address names; the routes let no other through (./page.tsx). */
export function useChannelOfPage(): Channel {
  return useParams()["channel"] as Channel;
}
