import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { SubmitButton } from "../../ui/form/submit-button";
import styles from "./hand-over-drawer.module.css";
import { texts } from "./texts";

interface Props {
  /** What the button says that gives. */
  label: string;
  /** What has to be chosen before; null if nothing. */
  why: string | null;
  onGive: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** What is chosen, and below it the buttons. */
export function HandOverForm({ label, why, onGive, onCancel, children }: Props) {
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null) onGive();
      }}
    >
      {children}
      <div className={styles["buttons"]}>
        <SubmitButton why={why}>{label}</SubmitButton>
        <Button variant="default" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
