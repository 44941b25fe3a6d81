import { Kbd, Modal, Switch } from "@mantine/core";
import { Link } from "wouter";
import styles from "./shortcuts.module.css";
import { shortcutsTexts as texts } from "./shortcuts-texts";
import { useSingleKeys } from "./use-shortcuts";

type Row = readonly [keys: readonly string[], does: string];

const always = (): readonly Row[] => [
  [[texts.ctrl, "K"], texts.searchEverything],
  [[texts.ctrl, texts.enter], texts.save],
  [[texts.esc], texts.escape],
  [["F8"], texts.newestMessage],
  [[texts.space], texts.pickUp],
  [["X"], texts.select],
  [["←", "→", "↑", "↓"], texts.arrows],
];

const singles = (): readonly Row[] => [
  [["N"], texts.create],
  [["/"], texts.searchPage],
  [["J"], texts.nextWeek],
  [["K"], texts.previousWeek],
  [["T"], texts.thisWeek],
  [["1", "–", "5"], texts.goTo],
  [["?"], texts.thisList],
];

/** The list of shortcuts. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.title}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <List rows={always()} />
      <Switch
        className={styles["switch"] ?? ""}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label={texts.singleKeys}
      />
      {on && <List rows={singles()} />}
      <p className={styles["developers"]}>
        {texts.youWritePrograms}{" "}
        <Link href="/developers" onClick={onClose}>
          {texts.forDevelopers}
        </Link>
      </p>
    </Modal>
  );
}

function List({ rows }: { rows: readonly Row[] }) {
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
