import { Button, Modal } from "@mantine/core";
import type { Schedule } from "../../protocol";
import { useFocusBack } from "../../ui/base/use-focus-back";
import { countOf, sayClass } from "../coaches/hand-over";
import styles from "./delete-many.module.css";
import { useMany } from "./use-many";
import { dialogTexts } from "./dialog-texts";

/** So many classes are named; the rest are counted. */
const NAMED = 6;

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
      <ul className={styles["named"]}>
        {classes.slice(0, NAMED).map((slot) => (
          <li key={slot.id}>
            {sayClass(slot)}, {slot.coach.name}
          </li>
        ))}
        {classes.length > NAMED && <li>{dialogTexts.andMore(classes.length - NAMED)}</li>}
      </ul>
      <p>{dialogTexts.goneFromWeeks}</p>
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
