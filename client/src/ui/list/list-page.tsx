import { Button } from "@mantine/core";
import type { Channel } from "@spotter/realtime";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useMay } from "../../accounts/can";
import { SheetMenu } from "../../sheets/sheet-menu";
import { PlusIcon } from "../base/icons";
import { paths } from "../shell/navigation";
import { Page } from "../shell/page";

interface Props {
  channel: Channel;
  title: string;
  /** What the button for a new record says. */
  add: string;
  children: ReactNode;
}

/** The page of a channel's list. */
export function ListPage({ channel, title, add, children }: Props) {
  const mayAdd = useMay(channel, null);
  return (
    <Page
      title={title}
      actions={
        <>
          <SheetMenu channel={channel} />
          {mayAdd && (
            <Button component={Link} href={`${paths[channel]}/new`} leftSection={<PlusIcon />}>
              {add}
            </Button>
          )}
        </>
      }
    >
      {children}
    </Page>
  );
}
