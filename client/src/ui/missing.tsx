import { Link } from "wouter";
import { useLoaded, useRemoteChange } from "@spotter/realtime";
import type { Channel } from "@spotter/realtime";
import { Empty } from "./empty";
import { listPaths, nouns } from "./navigation";
import { NotYet } from "./not-yet";
import { Page } from "./page";
import { useDoer } from "./people";

interface Props {
  channel: Channel;
  /** NaN for an address that is no number. */
  id: number;
}

/** The page of a record that is not there (any more), or not yet. */
export function Missing({ channel, id }: Props) {
  const loaded = useLoaded(channel);
  return (
    <Page title={loaded ? `No such ${nouns[channel].one}` : "Loading"}>
      <NoSuch channel={channel} id={id} />
    </Page>
  );
}

/** Says that a record is not there, who deleted it if that is known, and where to go from here. */
export function NoSuch({ channel, id }: Props) {
  const loaded = useLoaded(channel);
  const mark = useRemoteChange(channel, id);
  const doer = useDoer();
  const { one, many } = nouns[channel];
  if (!loaded) return <NotYet />;
  return (
    <Empty title={`This ${one} does not exist`}>
      {mark?.type === "del" ? `${doer(mark.actor)} deleted it.` : "It may have been deleted."}{" "}
      <Link href={listPaths[channel]}>See all {many}</Link>
    </Empty>
  );
}
