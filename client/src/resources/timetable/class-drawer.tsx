import { Button, Drawer } from "@mantine/core";
import { useLoaded, useRecord } from "@spotter/realtime";
import { Link } from "wouter";
import { useMay } from "../../accounts/can";
import { TrashIcon } from "../../ui/base/icons";
import { clock, days } from "../../ui/base/time";
import { Forbidden } from "../../ui/form/forbidden";
import { useEditable } from "../../ui/form/use-editable";
import { NoSuchRecord } from "../../ui/record/missing-record";
import { useRemove } from "../../ui/record/remove";
import { lazySection } from "../../ui/shell/lazy-parts";
import { Difficulty } from "../workout-plans/difficulty";
import styles from "./class-drawer.module.css";
import { ClassForm } from "./class-form";
import { useCopy } from "./use-copy";

const History = lazySection("The history", () => import("../../ui/record/history"));

interface Props {
  id: string;
  onClose: () => void;
}

/** A class at the side of the timetable: its form, copies of it, its history. */
export default function ClassDrawer({ id, onClose }: Props) {
  const number = id === "new" ? null : Number(id);
  const slot = useRecord("schedules", number)?.record;
  const may = useMay("schedules", number);
  const copy = useCopy();
  const remove = useRemove("schedules");

  return (
    <Drawer
      opened
      onClose={onClose}
      title={number === null ? "New class" : (slot?.workout_plan.name ?? "Class")}
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: styles["title"] ?? "" }}
    >
      <Content key={id} id={number} onClose={onClose} />
      {slot && (
        <p className={styles["links"]}>
          <Link href={`/plans/${slot.workout_plan.id}`}>See the plan</Link>
          <Link href={`/coaches/${slot.coach.id}`}>See the coach</Link>
        </p>
      )}
      {slot && may && (
        <section className={styles["section"]}>
          <h3>Copy to</h3>
          <div className={styles["days"]}>
            {days
              .filter((day) => day !== slot.day)
              .map((day) => (
                <Button key={day} variant="default" onClick={() => void copy(slot, [day])}>
                  {day}
                </Button>
              ))}
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
            Delete this class
          </Button>
        </section>
      )}
      {slot && slot.id > 0 && <History channel="schedules" id={slot.id} />}
    </Drawer>
  );
}

/** The form of a class, or what somebody who may not edit it sees. */
function Content({ id, onClose }: { id: number | null; onClose: () => void }) {
  const loaded = useLoaded("schedules");
  const slot = useRecord("schedules", id)?.record;
  const editable = useEditable("schedules", id);
  const may = useMay("schedules", id);
  if (may && loaded && editable) return <ClassForm id={id} onClose={onClose} />;
  if (id === null && loaded) return <Forbidden />;
  if (!slot) return <NoSuchRecord channel="schedules" id={Number(id)} />;
  return (
    <p>
      {slot.day} {clock(slot.hour)}, {slot.coach.name}{" "}
      <Difficulty value={slot.workout_plan.difficulty} />
    </p>
  );
}
