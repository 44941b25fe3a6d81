import { Button } from "@mantine/core";
import { SheetMenu } from "../../sheets/sheet-menu";
import { CheckIcon, PlusIcon, PrintIcon } from "../../ui/base/icons";
import type { Day } from "../../ui/base/time";
import { OverLink } from "./over-link";
import styles from "./page-actions.module.css";
import type { Selecting } from "./use-selection";
import { texts } from "./texts";

interface Props {
  editable: boolean;
  /** Null while there is nothing to select. */
  selection: Selecting | null;
  /** Of a new class. */
  day: Day;
  /** Whether other steps come before it: the gym has no class yet. */
  later: boolean;
}

/** What can be done on the page of the timetable. */
export function PageActions({ editable, selection, day, later }: Props) {
  return (
    <>
      <Button
        variant="default"
        leftSection={<PrintIcon />}
        onClick={() => print()}
        visibleFrom="sm"
      >
        {texts.print}
      </Button>
      <SheetMenu channel="schedules" />
      {editable && selection && (
        <Button
          variant="default"
          className={styles["select"] ?? ""}
          leftSection={<CheckIcon />}
          aria-pressed={selection.on}
          data-begin-selection
          onClick={selection.on ? selection.end : selection.begin}
        >
          {texts.select}
        </Button>
      )}
      {editable && (
        <Button
          component={OverLink}
          href={`/classes/new?day=${day}`}
          variant={later ? "default" : "filled"}
          leftSection={<PlusIcon />}
        >
          {texts.newClass}
        </Button>
      )}
    </>
  );
}
