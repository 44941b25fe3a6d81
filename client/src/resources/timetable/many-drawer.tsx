import { Alert, Button, Drawer } from "@mantine/core";
import { useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { WarningIcon } from "../../ui/base/icons";
import { useFocusBack } from "../../ui/base/use-focus-back";
import { DrawerHeading } from "../../ui/form/drawer-heading";
import { InBar } from "../../ui/form/in-bar";
import { SubmitButton } from "../../ui/form/submit-button";
import { useFirstField } from "../../ui/form/use-first-field";
import { sayFirst } from "./making";
import { MOST } from "./many";
import styles from "./many-drawer.module.css";
import { dialogTexts } from "./dialog-texts";

/** So many lines are read at once; the rest are counted, and opened. */
const LINES = 4;

interface DrawerProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Where it is chosen what to do with several classes. */
export function ManyDrawer({ title, onClose, children }: DrawerProps) {
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      title={<DrawerHeading>{title}</DrawerHeading>}
      size="md"
      closeButtonProps={{ "aria-label": dialogTexts.close }}
    >
      {children}
    </Drawer>
  );
}

interface FormProps {
  /** What the button says. */
  submit: string;
  /** How many classes would be written; none if something is still to be chosen. */
  count: number;
  /** What is to be chosen, if none would be written. */
  missing: string;
  /** Who and what would be wanted twice. */
  overlaps: readonly string[];
  onSubmit: () => void;
  onCancel?: (() => void) | undefined;
  children: ReactNode;
}

/** The choices, what would come of them, and the button that does it. */
export function ManyForm({
  submit,
  count,
  missing,
  overlaps,
  onSubmit,
  onCancel,
  children,
}: FormProps) {
  const element = useRef<HTMLFormElement>(null);
  useFirstField(element);
  const [warning, setWarning] = useState<HTMLElement | null>(null);
  const tooMany = count > MOST;
  const done = (event: FormEvent) => {
    event.preventDefault();
    if (count > 0 && !tooMany) onSubmit();
  };
  return (
    <form ref={element} onSubmit={done} className={styles["form"]}>
      {children}
      <Lines
        element={setWarning}
        title={dialogTexts.sameTime(overlaps.length)}
        lines={overlaps}
        after={dialogTexts.doAnyway}
      />
      <div className={styles["buttons"]}>
        <InBar of={warning}>{sayFirst(overlaps)}</InBar>
        <SubmitButton
          why={count === 0 ? missing : tooMany ? dialogTexts.tooMany(count, MOST) : null}
        >
          {submit}
        </SubmitButton>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {dialogTexts.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}

interface LinesProps {
  title: string;
  lines: readonly string[];
  after?: ReactNode;
  /** Is told of the element, when it comes and when it goes. */
  element?: (element: HTMLElement | null) => void;
}

/** A warning of some lines; nothing without any. */
export function Lines({ title, lines, after, element }: LinesProps) {
  if (lines.length === 0) return null;
  const each = [...new Set(lines)];
  const more = each.length - LINES;
  return (
    <Alert ref={element ?? null} icon={<WarningIcon />} title={title}>
      <ul className={styles["lines"]}>
        {each.slice(0, LINES).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {more > 0 && (
        <details className={styles["more"]}>
          <summary>{dialogTexts.andMore(more)}</summary>
          <ul className={styles["lines"]}>
            {each.slice(LINES).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {after}
    </Alert>
  );
}
