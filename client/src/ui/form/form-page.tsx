import type { Channel } from "@spotter/realtime";
import { useRealtime, useRecord } from "@spotter/realtime/react";
import { useState } from "react";
import type { ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { useMay } from "../../accounts/can";
import { NotLoaded } from "../base/not-loaded";
import { MissingRecord } from "../record/missing-record";
import { useRecordLoaded } from "../record/use-record-loaded";
import { listPaths, nameOf, recordPath } from "../shell/navigation";
import { Page } from "../shell/page";
import { things } from "../shell/things";
import { Forbidden } from "./forbidden";
import type { FormProps } from "./form-props";
import { savedNotice } from "./saved-notice";
import { useEditable } from "./use-editable";

interface Props {
  channel: Channel;
  /** What a record is called that waits for a connection. */
  noun: string;
  children: (form: FormProps) => ReactNode;
}

/** The page of a form: for a record that is there, or was there when its editing began. */
export function FormPage(props: Props) {
  const { id } = useParams();
  return <Opened key={id ?? "new"} {...props} id={id === undefined ? null : Number(id)} />;
}

function Opened({ channel, noun, id, children }: Props & { id: number | null }) {
  const realtime = useRealtime();
  const [, navigate] = useLocation();
  const loaded = useRecordLoaded(channel, id);
  const may = useMay(channel, id);
  const editable = useEditable(channel, id);
  const { record } = useRecord(channel, id) ?? {};
  const [known, setKnown] = useState("");
  // What is deleted meanwhile keeps its name.
  const name = record === undefined ? known : nameOf(record);
  if (name !== known) setKnown(name);
  const title = id === null ? things.newOne(channel) : things.editOne(channel, name);
  if (!loaded) {
    return (
      <Page title={title}>
        <NotLoaded />
      </Page>
    );
  }
  if (!editable) return <MissingRecord channel={channel} id={Number(id)} />;
  const back = id === null ? listPaths[channel] : recordPath(channel, id);
  const form: FormProps = {
    id,
    onCancel: () => navigate(back),
    onSaved: (saved, waits, op) => {
      savedNotice(realtime, saved ? nameOf(saved) : name || noun, waits, op);
      navigate(saved ? recordPath(channel, saved.id) : back);
    },
  };
  return (
    <Page title={title}>
      {may ? children(form) : <Forbidden to={id === null ? "add" : "change"} channel={channel} />}
    </Page>
  );
}
