import { Button, Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useId, useState } from "react";
import type { Schedule } from "../../protocol";
import {
  CalendarIcon,
  CloseIcon,
  CopyIcon,
  MoreIcon,
  SwapIcon,
  TrashIcon,
} from "../../ui/base/icons";
import { countOf } from "../coaches/hand-over";
import { CopyMany } from "./copy-many";
import { DeleteMany } from "./delete-many";
import { GiveMany } from "./give-many";
import { ManyDrawer } from "./many-drawer";
import { MOST } from "./many";
import { MoveMany } from "./move-many";
import styles from "./selection-bar.module.css";
import { dialogTexts } from "./dialog-texts";

interface Props {
  selected: readonly Schedule[];
  /** How many could be. */
  most: number;
  /** The short name of their day, if they are of one alone. */
  day: string | null;
  onAll: () => void;
  onEnd: () => void;
}

type Action = "move" | "copy" | "give" | "delete";

/** Where no more than so many have a place in one line with whole words, the others are in a menu. */
const NARROW = "(max-width: 389px)";
const IN_LINE = 2;

const actions = () =>
  [
    { which: "move", label: dialogTexts.moveVerb, Icon: CalendarIcon },
    { which: "copy", label: dialogTexts.copy, Icon: CopyIcon },
    { which: "give", label: dialogTexts.giveToVerb, Icon: SwapIcon },
    { which: "delete", label: dialogTexts.delete, Icon: TrashIcon },
  ] as const;

/** How many classes are selected, and what can be done with them. */
export default function SelectionBar({ selected, most, day, onAll, onEnd }: Props) {
  const [action, setAction] = useState<Action | null>(null);
  // Others may delete them meanwhile: of none, nothing is asked.
  const asked = selected.length > 0 ? action : null;
  const many = countOf(selected);
  const cancel = () => setAction(null);
  const form = { classes: selected, onDone: onEnd, onCancel: cancel };
  const count = useId();
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const inLine = isNarrow ? actions().slice(0, IN_LINE) : actions();
  const tooMany = selected.length > MOST;
  const blocked = { disabled: selected.length === 0 || tooMany, "aria-describedby": count };
  return (
    <section className={styles["bar"]} aria-label={dialogTexts.selectedClasses}>
      <p id={count} className={styles["count"]}>
        <strong>{selected.length}</strong>{" "}
        {tooMany ? dialogTexts.selectedTooMany(MOST) : dialogTexts.selectedWord}{" "}
        <span>{dialogTexts.actsEveryWeek}</span>
      </p>
      <Button variant="subtle" onClick={onAll}>
        {day === null ? dialogTexts.selectAll(most) : dialogTexts.allOfDay(most, day)}
      </Button>
      <div className={styles["actions"]}>
        {inLine.map(({ which, label, Icon }) => (
          <Button
            key={which}
            variant="default"
            leftSection={<Icon size={18} />}
            {...blocked}
            onClick={() => setAction(which)}
          >
            {label}
          </Button>
        ))}
        {isNarrow && (
          <Menu position="top-end">
            <Menu.Target>
              <Button variant="default" leftSection={<MoreIcon size={18} />} {...blocked}>
                {dialogTexts.moreWays}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {actions()
                .slice(IN_LINE)
                .map(({ which, label, Icon }) => (
                  <Menu.Item
                    key={which}
                    leftSection={<Icon size={16} />}
                    onClick={() => setAction(which)}
                  >
                    {label}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <Button variant="subtle" leftSection={<CloseIcon size={18} />} onClick={onEnd}>
        {dialogTexts.cancel}
      </Button>
      {asked === "move" && (
        <ManyDrawer title={dialogTexts.moveSome(many)} onClose={cancel}>
          <MoveMany {...form} />
        </ManyDrawer>
      )}
      {asked === "copy" && (
        <ManyDrawer title={dialogTexts.copySome(many)} onClose={cancel}>
          <CopyMany {...form} />
        </ManyDrawer>
      )}
      {asked === "give" && (
        <ManyDrawer title={dialogTexts.giveAnother(many)} onClose={cancel}>
          <GiveMany {...form} />
        </ManyDrawer>
      )}
      {asked === "delete" && <DeleteMany {...form} />}
    </section>
  );
}
