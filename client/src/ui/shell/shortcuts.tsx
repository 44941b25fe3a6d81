import { Kbd, Modal, Switch } from "@mantine/core";
import styles from "./shortcuts.module.css";
import { useSingleKeys } from "./use-shortcuts";

const always = [
  [["Ctrl", "K"], "Search everything"],
  [["Ctrl", "Enter"], "Save the form"],
  [["Esc"], "Close, or let go of a class that is being moved"],
  [["Space"], "On a handle: pick up, and put down"],
  [["←", "→", "↑", "↓"], "Go through the timetable, or move what was picked up"],
] as const;

const singles = [
  [["N"], "New class, coach, plan or move: of what the page is about"],
  [["/"], "Search this page"],
  [["1", "–", "5"], "Go to a page"],
  [["?"], "This list"],
] as const;

/** The list of shortcuts. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal
      opened
      onClose={onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <List rows={always} />
      <Switch
        className={styles["switch"] ?? ""}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label="Single keys"
      />
      {on && <List rows={singles} />}
    </Modal>
  );
}

function List({ rows }: { rows: readonly (readonly [readonly string[], string])[] }) {
  return (
    <dl className={styles["keys"]}>
      {rows.map(([keys, does]) => (
        <div key={does}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
