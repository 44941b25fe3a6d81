import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useMay } from "../accounts/can";
import type { AnyRecord, Channel } from "@spotter/realtime";
import { EditIcon, TrashIcon } from "./icons";
import { lazySection } from "./lazy-parts";
import { Marked } from "./marked";
import { nouns, paths } from "./navigation";
import { Page } from "./page";
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
      <Marked channel={channel} id={record.id} className={styles["record"]}>
        {children}
      </Marked>
      {saved && <History channel={channel} id={record.id} />}
    </Page>
  );
}
