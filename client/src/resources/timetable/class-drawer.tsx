import { sayDay, daysOfWeek } from "../../ui/base/dates";
import { Button, Drawer } from "@mantine/core";
import { useLoaded, useRecord } from "@spotter/realtime/react";
import { Link } from "wouter";
import { useMay } from "../../accounts/can";
import type { Week } from "../../ui/base/dates";
import { CopyIcon, TrashIcon } from "../../ui/base/icons";
import { DrawerHeading } from "../../ui/form/drawer-heading";
import { Forbidden } from "../../ui/form/forbidden";
import { useOnTop } from "../../ui/form/layers";
import { useEditable } from "../../ui/form/use-editable";
import { NoSuchRecord } from "../../ui/record/missing-record";
import { useRemove } from "../../ui/record/remove";
import { lazySection } from "../../ui/shell/lazy-parts";
import styles from "./class-drawer.module.css";
import { ClassFacts } from "./class-facts";
import { ClassForm } from "./class-form";
import { dateFor } from "./occurrences";
import { OverLink } from "./over-link";
import { useCopy } from "./use-copy";
import { useNow } from "./use-now";
import { WhichDates } from "./which-dates";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";

const History = lazySection(
  () => dialogTexts.theHistory,
  () => import("../../ui/record/history"),
);

interface Props {
  id: string;
  /** Whether the address asks for its form. */
  toEdit: boolean;
  /** The week that is shown. */
  week: Week;
  onClose: () => void;
}

/** A class at the side of the timetable: its form, copies of it, its history. */
export default function ClassDrawer({ id, toEdit, week, onClose }: Props) {
  const number = id === "new" ? null : Number(id);
  const slot = useRecord("schedules", number)?.record;
  const may = useMay("schedules", number);
  const onTop = useOnTop();
  const now = useNow();
  const copy = useCopy();
  const remove = useRemove("schedules");

  return (
    <Drawer
      opened
      onClose={onClose}
      closeOnEscape={onTop}
      title={
        <DrawerHeading>
          {number === null ? texts.newClass : (slot?.workout_plan.name ?? dialogTexts.class)}
        </DrawerHeading>
      }
      size="md"
      closeButtonProps={{ "aria-label": dialogTexts.close }}
    >
      {slot && slot.id > 0 && (
        <WhichDates slot={slot} dates={[dateFor(slot, week, now)]} open="every" />
      )}
      <Content key={id} id={number} toEdit={toEdit} onClose={onClose} />
      {slot && (
        <p className={styles["links"]}>
          <Link href={`/plans/${slot.workout_plan.id}`}>{dialogTexts.seePlan}</Link>
          <Link href={`/coaches/${slot.coach.id}`}>{dialogTexts.seeCoach}</Link>
        </p>
      )}
      {slot && may && (
        <section className={styles["section"]}>
          <h3>{dialogTexts.copyTo}</h3>
          <p className="dim">{dialogTexts.copiesAtOnce}</p>
          <div className={styles["days"]}>
            {daysOfWeek()
              .filter((day) => day !== slot.day)
              .map((day) => (
                <Button key={day} variant="default" onClick={() => void copy(slot, [day])}>
                  {sayDay(day)}
                </Button>
              ))}
            <Button
              component={OverLink}
              href={`/classes/new?copy=${slot.id}`}
              variant="default"
              leftSection={<CopyIcon />}
            >
              {dialogTexts.severalDays}
            </Button>
          </div>
        </section>
      )}
      {slot && may && (
        <section className={styles["section"]}>
          <Button
            variant="subtle"
            color="danger"
            leftSection={<TrashIcon />}
            onClick={() => {
              remove(slot, slot.workout_plan.name);
              onClose();
            }}
          >
            {dialogTexts.deleteClass}
          </Button>
        </section>
      )}
      {slot && slot.id > 0 && <History channel="schedules" id={slot.id} />}
    </Drawer>
  );
}

interface ContentProps {
  id: number | null;
  toEdit: boolean;
  onClose: () => void;
}

/** The form of a class, or what somebody who may not edit it sees. */
function Content({ id, toEdit, onClose }: ContentProps) {
  const loaded = useLoaded("schedules");
  const slot = useRecord("schedules", id)?.record;
  const editable = useEditable("schedules", id);
  const may = useMay("schedules", id);
  if (may && loaded && editable) return <ClassForm id={id} onClose={onClose} />;
  if (id === null && loaded) return <Forbidden to="add" />;
  if (!slot) return <NoSuchRecord channel="schedules" id={Number(id)} />;
  return (
    <>
      <ClassFacts slot={slot} />
      {toEdit && !may && <Forbidden to="change" />}
    </>
  );
}
