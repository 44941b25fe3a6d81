import { useLoaded } from "@spotter/realtime";
import type { Channel } from "@spotter/realtime";
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { useMay } from "../../accounts/can";
import { NotLoaded } from "../base/not-loaded";
import { MissingRecord } from "../record/missing-record";
import { nouns } from "../shell/navigation";
import { Page } from "../shell/page";
import { Forbidden } from "./forbidden";
import { useEditable } from "./use-editable";

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
  const may = useMay(channel, id);
  const editable = useEditable(channel, id);
  const title = id === null ? `New ${one}` : `Edit ${one}`;
  if (!loaded) {
    return (
      <Page title={title}>
        <NotLoaded />
      </Page>
    );
  }
  if (!editable) return <MissingRecord channel={channel} id={Number(id)} />;
  return <Page title={title}>{may ? children(id) : <Forbidden />}</Page>;
}
