import { useRemoteChange } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { Link } from "wouter";
import { Empty } from "../base/empty";
import { NotLoaded } from "../base/not-loaded";
import { useDoer } from "../base/people";
import { listPaths } from "../shell/navigation";
import { things } from "../shell/things";
import { Page } from "../shell/page";
import { texts } from "./texts";
import { useRecordLoaded } from "./use-record-loaded";

interface Props {
  channel: Channel;
  /** NaN for an address that is no number. */
  id: number;
}

/** The page of a record that is not there (any more), or not yet. */
export function MissingRecord({ channel, id }: Props) {
  const loaded = useRecordLoaded(channel, Number.isSafeInteger(id) ? id : null);
  return (
    <Page title={loaded ? things.noSuch(channel) : texts.loading}>
      <NoSuchRecord channel={channel} id={id} />
    </Page>
  );
}

/** Says that a record is not there, who deleted it if that is known, and where to go from here. */
export function NoSuchRecord({ channel, id }: Props) {
  const loaded = useRecordLoaded(channel, Number.isSafeInteger(id) ? id : null);
  const change = useRemoteChange(channel, id);
  const doer = useDoer();
  if (!loaded) return <NotLoaded />;
  return (
    <Empty title={things.isMissing(channel)}>
      {change?.type === "del" ? texts.deletedIt(doer(change.actor)) : texts.mayBeDeleted}{" "}
      {Number.isSafeInteger(id) && (
        <>
          <Link href={`/changes?of=${channel}&record=${id}`}>{texts.seeAndRestore}</Link>.{" "}
        </>
      )}
      <Link href={listPaths[channel]}>{things.seeAll(channel)}</Link>
    </Empty>
  );
}
