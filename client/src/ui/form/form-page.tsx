import { useState } from "react";
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { useMay } from "../../accounts/can";
import { useAccount, useLoaded, useRecord } from "../../realtime";
import type { Channel } from "../../realtime";
import { Empty } from "../empty";
import { Missing } from "../missing";
import { nouns } from "../navigation";
import { Page } from "../page";
import { loadDraft } from "./drafts";

interface Props {
  channel: Channel;
  /** The form for the record of this id, or for a new one. */
  children: (id: number | null) => ReactNode;
}

/** The page of a form: for a record that is there, or was there when its editing began. */
export function FormPage({ channel, children }: Props) {
  const { id } = useParams();
  return (
    <Opened key={id ?? "new"} channel={channel} id={id === undefined ? null : Number(id)}>
      {children}
    </Opened>
  );
}

function Opened({ channel, id, children }: Props & { id: number | null }) {
  const { one } = nouns[channel];
  const loaded = useLoaded(channel);
  const there = useRecord(channel, id) !== undefined;
  const may = useMay(channel, id);
  const account = useAccount();
  const [begun, begin] = useState(
    () => id === null || loadDraft({ account, channel, id }) !== null,
  );
  if (there && !begun) begin(true);
  const title = id === null ? `New ${one}` : `Edit ${one}`;
  if (!loaded) return <Page title={title}>One moment…</Page>;
  if (!begun) return <Missing channel={channel} />;
  return (
    <Page title={title}>
      {may ? (
        children(id)
      ) : (
        <Empty title="Not yours to edit">Sign in as somebody who may, or ask an admin.</Empty>
      )}
    </Page>
  );
}
