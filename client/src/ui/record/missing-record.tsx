import { useLoaded, useRemoteChange } from "@spotter/realtime";
import type { Channel } from "@spotter/realtime";
import { Link } from "wouter";
import { Empty } from "../base/empty";
import { NotLoaded } from "../base/not-loaded";
import { useDoer } from "../base/people";
import { listPaths, nouns } from "../shell/navigation";
import { Page } from "../shell/page";

interface Props {
  channel: Channel;
  /** NaN for an address that is no number. */
  id: number;
}

/** The page of a record that is not there (any more), or not yet. */
export function MissingRecord({ channel, id }: Props) {
  const loaded = useLoaded(channel);
  return (
    <Page title={loaded ? `No such ${nouns[channel].one}` : "Loading"}>
      <NoSuchRecord channel={channel} id={id} />
    </Page>
  );
}

/** Says that a record is not there, who deleted it if that is known, and where to go from here. */
export function NoSuchRecord({ channel, id }: Props) {
  const loaded = useLoaded(channel);
  const change = useRemoteChange(channel, id);
  const doer = useDoer();
  const { one, many } = nouns[channel];
  if (!loaded) return <NotLoaded />;
  return (
    <Empty title={`This ${one} does not exist`}>
      {change?.type === "del" ? `${doer(change.actor)} deleted it.` : "It may have been deleted."}{" "}
      <Link href={listPaths[channel]}>See all {many}</Link>
    </Empty>
  );
}
