import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useMay } from "../../accounts/can";
import type { WorkoutPlan } from "../../protocol";
import { CopyIcon, MoreIcon, PrintIcon } from "../../ui/base/icons";
import styles from "./detail.module.css";
import { useDuplicate } from "./use-duplicate";
import { texts } from "./texts";

/** What can be done with a plan besides editing it. */
export function PlanMenu({ plan }: { plan: WorkoutPlan }) {
  const [opened, setOpened] = useState(false);
  const may = useMay("workout_plans", null);
  const duplicate = useDuplicate();
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={180}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button variant="default" leftSection={<MoreIcon />}>
          {texts.more}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles["screen"]}>
        {may && (
          <Menu.Item leftSection={<CopyIcon size={16} />} onClick={() => void duplicate(plan)}>
            {texts.duplicate}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<PrintIcon size={16} />} onClick={() => print()}>
          {texts.print}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
