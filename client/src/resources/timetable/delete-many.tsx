import { Button, Modal } from "@mantine/core";
import type { Schedule } from "../../protocol";
import { useFocusBack } from "../../ui/base/use-focus-back";
import { countOf } from "../coaches/hand-over";
import { NamedClasses } from "./chosen-classes";
import styles from "./delete-many.module.css";
import { useMany } from "./use-many";
import { dialogTexts } from "./dialog-texts";

interface Props {
  classes: readonly Schedule[];
  onDone: () => void;
  onCancel: () => void;
}

/** Asks once, since it is more than one can see at a glance. */
export function DeleteMany({ classes, onDone, onCancel }: Props) {
  useFocusBack();
  const write = useMany();
  const remove = () => {
    const edits = classes.map(({ id }) => ({ channel: "schedules", kind: "delete", id }) as const);
    write(edits, dialogTexts.deleted(countOf(classes)));
    onDone();
  };
  return (
    <Modal
      opened
      onClose={onCancel}
      title={dialogTexts.deleteAsk(countOf(classes))}
      closeButtonProps={{ "aria-label": dialogTexts.close }}
    >
      <NamedClasses classes={classes} />
      <p className={styles["gone"]}>{dialogTexts.goneFromWeeks}</p>
      <div className={styles["buttons"]}>
        <Button color="danger" onClick={remove} data-autofocus>
          {dialogTexts.deleteSome(countOf(classes))}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {dialogTexts.keep(classes.length)}
        </Button>
      </div>
    </Modal>
  );
}
