import { Button } from "@mantine/core";
import type { ButtonProps, ElementProps } from "@mantine/core";
import type { Channel } from "@spotter/realtime";
import type { Ref } from "react";
import { DownIcon, MoreIcon } from "../ui/base/icons";
import { texts } from "./texts";

interface Props extends ButtonProps, ElementProps<"button", keyof ButtonProps> {
  channel: Channel;
  ref?: Ref<HTMLButtonElement>;
}

/** What opens the menu: the same before the menu is loaded and after. That of the classes has more than tables. */
export function MenuButton({ channel, ...props }: Props) {
  const ofClasses = channel === "schedules";
  return (
    <Button
      {...props}
      variant="default"
      leftSection={ofClasses && <MoreIcon />}
      rightSection={!ofClasses && <DownIcon />}
    >
      {ofClasses ? texts.more : texts.spreadsheet}
    </Button>
  );
}
