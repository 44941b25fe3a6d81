import { Link } from "wouter";
import { useLoaded } from "../realtime";
import type { Channel } from "../realtime";
import { Empty } from "./empty";
import { nouns, paths } from "./navigation";
import { Page } from "./page";

/** Instead of a record that is not there (any more), or not yet. */
export function Missing({ channel }: { channel: Channel }) {
  const loaded = useLoaded(channel);
  const { one, many } = nouns[channel];
  if (!loaded) return <Page title="Loading">One moment…</Page>;
  return (
    <Page title={`No such ${one}`}>
      <Empty title={`This ${one} does not exist`}>
        It may have been deleted. <Link href={paths[channel]}>See all {many}</Link>
      </Empty>
    </Page>
  );
}
