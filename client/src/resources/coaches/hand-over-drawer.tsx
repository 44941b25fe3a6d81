import { Drawer, SegmentedControl } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useState } from "react";
import type { Coach } from "../../protocol";
import { AwayForm } from "./away-form";
import styles from "./hand-over-drawer.module.css";
import { PermanentForm } from "./permanent-form";
import { texts } from "./texts";

/** Gives a coach's classes to others, for good or while the coach is away. */
export default function HandOverDrawer({ coach, onClose }: { coach: Coach; onClose: () => void }) {
  const classes = useChannel("schedules") ?? [];
  const [term, setTerm] = useState(() =>
    classes.some((slot) => slot.coach.id === coach.id) ? "permanently" : "between",
  );
  const Form = term === "permanently" ? PermanentForm : AwayForm;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={texts.giveClassesOf(coach.name)}
      size="md"
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <SegmentedControl
        fullWidth
        mb="lg"
        withItemsBorders={false}
        classNames={{ root: styles["terms"] ?? "" }}
        aria-label={texts.forHowLong}
        data={[
          { value: "permanently", label: texts.permanently },
          { value: "between", label: texts.betweenDates },
        ]}
        value={term}
        onChange={setTerm}
      />
      <Form coach={coach} onClose={onClose} />
    </Drawer>
  );
}
