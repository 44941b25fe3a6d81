import type { Channel } from "@spotter/realtime";
import { useState } from "react";
import { lazyDialog } from "../ui/shell/lazy-parts";
import { MenuButton } from "./menu-button";
import { texts } from "./texts";

const Opened = lazyDialog(
  () => texts.menu,
  () => import("./opened-menu"),
  {
    waiting: ({ channel }) => <MenuButton channel={channel} />,
  },
);

const Calendar = lazyDialog(
  () => texts.calendar,
  () => import("../calendar/calendar-dialog"),
);

/** The ways from a channel to other programs, and back. */
export function SheetMenu({ channel }: { channel: Channel }) {
  const [opened, setOpened] = useState(false);
  const [calendar, setCalendar] = useState(false);
  return (
    <>
      {opened ? (
        <Opened
          channel={channel}
          onClose={() => setOpened(false)}
          onCalendar={() => setCalendar(true)}
        />
      ) : (
        <MenuButton channel={channel} aria-haspopup="menu" onClick={() => setOpened(true)} />
      )}
      {calendar && <Calendar onClose={() => setCalendar(false)} />}
    </>
  );
}
