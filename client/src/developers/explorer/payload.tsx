import { useState } from "react";
import styles from "./explorer.module.css";
import { brief, written } from "./log";

/** A payload that unfolds; it is written out when somebody wants to see it. */
export function Payload({
  payload,
  name,
  open = false,
}: {
  payload: unknown;
  name: string;
  open?: boolean;
}) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={`${name}: ${brief(payload)}`}>{brief(payload)}</summary>
      {isOpen && (
        // Long ones scroll, also by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={styles["json"]} tabIndex={0}>
          {written(payload)}
        </pre>
      )}
    </details>
  );
}
