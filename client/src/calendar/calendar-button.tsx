import { Button } from "@mantine/core";
import { useState } from "react";
import { CalendarIcon } from "../ui/base/icons";
import { lazyDialog } from "../ui/shell/lazy-parts";
import { texts } from "./texts";

const CalendarDialog = lazyDialog(
  () => texts.theAddress,
  () => import("./calendar-dialog"),
);

interface Props {
  /** Whose classes; all of the gym's if absent. */
  coach?: { id: number; name: string };
}

/** The way to the address that a calendar program subscribes to. */
export function CalendarButton({ coach }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<CalendarIcon size={18} />}
        onClick={() => setOpened(true)}
      >
        {texts.calendar}
      </Button>
      {opened && <CalendarDialog coach={coach} onClose={() => setOpened(false)} />}
    </>
  );
}
