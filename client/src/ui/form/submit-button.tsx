import { Button } from "@mantine/core";
import { useId } from "react";
import type { ReactNode } from "react";
import styles from "./submit-button.module.css";

interface Props {
  /** Why it cannot be pressed now; null if it can. */
  why: string | null;
  loading?: boolean;
  color?: string | undefined;
  children: ReactNode;
}

/**
 * A form's main button. While it would do nothing it is grey, and beside it is why; it can be reached all the same, so that
 * its description is heard. The form itself does nothing then.
 */
export function SubmitButton({ why, loading = false, color, children }: Props) {
  const id = useId();
  const blocked = why !== null && {
    "aria-disabled": true,
    "aria-describedby": id,
    "data-disabled": true,
  };
  return (
    <>
      <Button type="submit" loading={loading} {...(color && { color })} {...blocked}>
        {children}
      </Button>
      {why !== null && (
        <span id={id} className={styles["why"]}>
          {why}
        </span>
      )}
    </>
  );
}
