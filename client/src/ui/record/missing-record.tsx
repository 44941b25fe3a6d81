import { useHistory, useRemoteChange } from "@spotter/realtime/react";
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
  const isNumber = Number.isSafeInteger(id) && id > 0;
  const loaded = useRecordLoaded(channel, Number.isSafeInteger(id) ? id : null);
  if (!loaded) return <NotLoaded />;
  return (
    <Empty title={things.isMissing(channel)}>
      {isNumber ? <WhatItWas channel={channel} id={id} /> : things.noneHere(channel)}{" "}
      <Link href={listPaths[channel]}>{things.seeAll(channel)}</Link>
    </Empty>
  );
}

/** Whether there was such a record at all: then the way to what it was, and who deleted it if that is known. */
function WhatItWas({ channel, id }: Props) {
  const change = useRemoteChange(channel, id);
  const { entries } = useHistory({ channel, id, limit: 1 });
  const doer = useDoer();
  if (entries?.length === 0 && change?.type !== "del") return things.noneHere(channel);
  return (
    <>
      {change?.type === "del" ? texts.deletedIt(doer(change.actor)) : texts.mayBeDeleted}{" "}
      <Link href={`/changes?of=${channel}&record=${id}`}>{texts.seeAndRestore}</Link>.
    </>
  );
}
