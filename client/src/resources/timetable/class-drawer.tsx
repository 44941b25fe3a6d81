import { Button, Drawer } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useMay } from "../../accounts/can";
import { useLoaded, useRecord } from "../../realtime";
import { Difficulty } from "../../ui/difficulty";
import { TrashIcon } from "../../ui/icons";
import { useRemove } from "../../ui/remove";
import { clock, days } from "../../ui/time";
import { ClassForm } from "./class-form";
import styles from "./class-drawer.module.css";
import { useCopy } from "./use-copy";

const History = lazy(() => import("../../ui/history"));

/** A class at the side of the timetable: its form, copies of it, its history. */
export default function ClassDrawer({ id }: { id: string }) {
  const [, navigate] = useLocation();
  const search = useSearch();
  const number = id === "new" ? null : Number(id);
  const loaded = useLoaded("schedules");
  const slot = useRecord("schedules", number)?.record;
  const may = useMay("schedules", number);
  const copy = useCopy();
  const remove = useRemove("schedules");
  const close = () => {
    const left = new URLSearchParams(search);
    if (number === null) left.delete("hour");
    navigate(left.size > 0 ? `/?${left}` : "/");
  };
  if (!loaded) return null;

  return (
    <Drawer
      opened
      onClose={close}
      title={number === null ? "New class" : (slot?.workout_plan.name ?? "Class")}
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: styles["title"] ?? "" }}
    >
      {may ? (
        <ClassForm key={id} id={number} onClose={close} />
      ) : (
        slot && (
          <p>
            {slot.day} {clock(slot.hour)}, {slot.coach.name}{" "}
            <Difficulty value={slot.workout_plan.difficulty} />
          </p>
        )
      )}
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
              close();
            }}
          >
            Delete this class
          </Button>
        </section>
      )}
      {slot && slot.id > 0 && (
        <Suspense>
          <History channel="schedules" id={slot.id} />
        </Suspense>
      )}
    </Drawer>
  );
}
