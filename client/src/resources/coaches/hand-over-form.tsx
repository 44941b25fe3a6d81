import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./hand-over-drawer.module.css";
import { texts } from "./texts";

interface Props {
  /** What the button says that gives. */
  label: string;
  disabled: boolean;
  onGive: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** What is chosen, and below it the buttons. */
export function HandOverForm({ label, disabled, onGive, onCancel, children }: Props) {
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        onGive();
      }}
    >
      {children}
      <div className={styles["buttons"]}>
        <Button type="submit" disabled={disabled}>
          {label}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
