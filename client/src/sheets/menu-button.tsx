import { Button } from "@mantine/core";
import type { ButtonProps, ElementProps } from "@mantine/core";
import type { Ref } from "react";
import { TableIcon } from "../ui/base/icons";
import { texts } from "./texts";

interface Props extends ButtonProps, ElementProps<"button", keyof ButtonProps> {
  ref?: Ref<HTMLButtonElement>;
}

/** What opens the menu: the same before the menu is loaded and after. */
export function MenuButton(props: Props) {
  return (
    <Button {...props} variant="default" leftSection={<TableIcon />}>
      {texts.spreadsheet}
    </Button>
  );
}
