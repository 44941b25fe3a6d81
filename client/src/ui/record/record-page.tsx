import { Button } from "@mantine/core";
import type { AnyRecord, Channel } from "@spotter/realtime";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useMay } from "../../accounts/can";
import { EditIcon, TrashIcon } from "../base/icons";
import { lazySection } from "../shell/lazy-parts";
import { nouns, paths } from "../shell/navigation";
import { Page } from "../shell/page";
import { ChangeHighlight } from "./change-highlight";
import styles from "./record-page.module.css";
import { useRemove } from "./remove";

const History = lazySection("The history", () => import("./history"));

interface Props {
  channel: Channel;
  record: AnyRecord & { name: string };
  children: ReactNode;
}

/** One record: what can be done with it, what it says, its history. */
export function RecordPage({ channel, record, children }: Props) {
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
      note={<Link href={paths[channel]}>All {nouns[channel].many}</Link>}
      actions={
        saved && (
          <>
            {mayDelete && (
              <Button variant="default" leftSection={<TrashIcon />} onClick={onDelete}>
                Delete
              </Button>
            )}
            {mayEdit && (
              <Button
                component={Link}
                href={`${paths[channel]}/${record.id}/edit`}
                leftSection={<EditIcon />}
              >
                Edit
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
