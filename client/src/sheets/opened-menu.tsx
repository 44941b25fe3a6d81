import { Menu } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import type { Channel } from "@spotter/realtime";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { useMay } from "../accounts/can";
import { CalendarIcon, DownloadIcon, UploadIcon } from "../ui/base/icons";
import { things } from "../ui/shell/things";
import { download } from "./export/download";
import { MenuButton } from "./menu-button";
import { texts } from "./texts";

interface Props {
  channel: Channel;
  /** Called when it could not be opened; a menu that is closed can be opened again. */
  onClose: () => void;
  onCalendar: () => void;
}

/** The menu. Opens as soon as it is there. */
export default function OpenedMenu({ channel, onCalendar }: Props) {
  const [opened, setOpened] = useState(true);
  // The focus was on a button that this one took the place of. When the menu closes it goes back to where it was
  // when that opened.
  const target = useRef<HTMLButtonElement>(null);
  useEffect(() => target.current?.focus(), []);
  const mounted = useMounted();
  const may = useMay("schedules", null);
  return (
    <Menu
      opened={opened && mounted}
      onChange={setOpened}
      position="bottom-end"
      // On phones its button is at the left: it is moved to where there is room, and stays below.
      middlewares={{ flip: { crossAxis: false }, shift: { padding: 8 } }}
      width={260}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <MenuButton channel={channel} ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<DownloadIcon size={16} />} onClick={() => void exportAll(channel)}>
          {things.exportAll(channel)}
        </Menu.Item>
        {may && (
          <Menu.Item
            component={Link}
            href={`/import?of=${channel}`}
            leftSection={<UploadIcon size={16} />}
          >
            {texts.import}
          </Menu.Item>
        )}
        {channel === "schedules" && (
          <Menu.Item leftSection={<CalendarIcon size={16} />} onClick={onCalendar}>
            {texts.calendarForPhones}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

async function exportAll(channel: Channel): Promise<void> {
  const problem = await download(channel);
  if (problem === null) return;
  notifications.show({
    id: `not exported ${channel}`,
    color: "var(--danger)",
    autoClose: 12_000,
    message: things.notExported(channel, problem),
  });
}
