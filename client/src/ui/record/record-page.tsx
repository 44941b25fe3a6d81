import { Button } from "@mantine/core";
import type { AnyRecord, Channel } from "@spotter/realtime";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useMay } from "../../accounts/can";
import { EditIcon, TrashIcon } from "../base/icons";
import { lazySection } from "../shell/lazy-parts";
import { things } from "../shell/things";
import { paths } from "../shell/navigation";
import { Page } from "../shell/page";
import { ChangeHighlight } from "./change-highlight";
import styles from "./record-page.module.css";
import { useRemove } from "./remove";
import { texts } from "./texts";

const History = lazySection(
  () => texts.theHistory,
  () => import("./history"),
);

interface Props {
  channel: Channel;
  record: AnyRecord & { name: string };
  /** What else can be done with it, once it is saved. */
  actions?: ReactNode;
  children: ReactNode;
}

/** One record: what can be done with it, what it says, its history. */
export function RecordPage({ channel, record, actions, children }: Props) {
  const mayEdit = useMay(channel, record.id);
  const mayDelete = useMay(channel, null);
  const remove = useRemove(channel);
  const [, navigate] = useLocation();
  const saved = record.id > 0;
  const onDelete = () => {
    remove(record, record.name);
    navigate(paths[channel]);
  };
  return (
    <Page
      title={record.name}
      note={<Link href={paths[channel]}>{things.all(channel)}</Link>}
      actions={
        saved && (
          <>
            {actions}
            {mayDelete && (
              <Button variant="default" leftSection={<TrashIcon />} onClick={onDelete}>
                {texts.delete}
              </Button>
            )}
            {mayEdit && (
              <Button
                component={Link}
                href={`${paths[channel]}/${record.id}/edit`}
                leftSection={<EditIcon />}
              >
                {texts.edit}
              </Button>
            )}
          </>
        )
      }
    >
      <ChangeHighlight channel={channel} id={record.id} className={styles["record"]}>
        {children}
      </ChangeHighlight>
      {saved && <History channel={channel} id={record.id} />}
    </Page>
  );
}
