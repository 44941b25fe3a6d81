import { use } from "react";
import styles from "./select-box.module.css";
import { SelectClass } from "./use-selection";

interface Props {
  id: number;
  name: string;
  checked: boolean;
}

/** Lies over a whole class while classes are being selected. */
export function SelectBox({ id, name, checked }: Props) {
  const select = use(SelectClass);
  return (
    <input
      type="checkbox"
      className={styles["box"]}
      aria-label={name}
      checked={checked}
      data-select={id}
      onChange={(event) => select?.(id, (event.nativeEvent as MouseEvent).shiftKey)}
    />
  );
}
