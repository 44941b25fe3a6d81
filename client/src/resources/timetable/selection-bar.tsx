import { Button } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Schedule } from "../../protocol";
import { CalendarIcon, CheckIcon, CopyIcon, SwapIcon, TrashIcon } from "../../ui/base/icons";
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
  onAll: () => void;
  onEnd: () => void;
}

type Action = "move" | "copy" | "give" | "delete";

/** How many classes are selected, and what can be done with them. */
export default function SelectionBar({ selected, onAll, onEnd }: Props) {
  const [action, setAction] = useState<Action | null>(null);
  // Others may delete them meanwhile: of none, nothing is asked.
  const asked = selected.length > 0 ? action : null;
  const many = countOf(selected);
  const cancel = () => setAction(null);
  const form = { classes: selected, onDone: onEnd, onCancel: cancel };
  const button = (which: Action, label: string, icon: ReactNode) => (
    <Button
      variant="default"
      leftSection={icon}
      disabled={selected.length === 0 || selected.length > MOST}
      onClick={() => setAction(which)}
    >
      {label}
    </Button>
  );
  return (
    <section className={styles["bar"]} aria-label={dialogTexts.selectedClasses}>
      <p className={styles["count"]}>
        <strong>{selected.length}</strong> {dialogTexts.selectedWord}
      </p>
      <Button variant="subtle" onClick={onAll}>
        {dialogTexts.selectAll}
      </Button>
      <div className={styles["actions"]}>
        {button("move", dialogTexts.moveVerb, <CalendarIcon size={18} />)}
        {button("copy", dialogTexts.copy, <CopyIcon size={18} />)}
        {button("give", dialogTexts.giveToVerb, <SwapIcon size={18} />)}
        {button("delete", dialogTexts.delete, <TrashIcon size={18} />)}
      </div>
      <Button leftSection={<CheckIcon size={18} />} className={styles["end"] ?? ""} onClick={onEnd}>
        {dialogTexts.doneVerb}
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
