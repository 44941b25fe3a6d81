import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useChannel, useRealtime, useSession } from "@spotter/realtime";
import { useCallback, useDeferredValue, useMemo } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useMay } from "../../accounts/can";
import type { Schedule } from "../../protocol";
import { Empty } from "../../ui/base/empty";
import { PlusIcon, PrintIcon } from "../../ui/base/icons";
import { NotLoaded } from "../../ui/base/not-loaded";
import { clock, days } from "../../ui/base/time";
import type { Day } from "../../ui/base/time";
import { useQuery } from "../../ui/list/use-query";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { Page } from "../../ui/shell/page";
import { ClassFace } from "./class-card";
import { DayTabs } from "./day-tabs";
import { Dragging } from "./dragging";
import { FilterBar, useFilters } from "./filters";
import { focusSlot, Grid } from "./grid";
import { GridSkeleton } from "./grid-skeleton";
import { NowBar } from "./now-bar";
import styles from "./timetable.module.css";
import { alsoThere, sayGone, useMove } from "./use-move";
import { useNow } from "./use-now";
import { clashesWith, clashing, fits, hourIn, rowOf } from "./week";
import type { Slot } from "./week";

const ClassDrawer = lazyDialog("The class", () => import("./class-drawer"));

/** The week, and over it the class that the address names. */
export default function TimetablePage({ params }: { params: { id?: string } }) {
  const realtime = useRealtime();
  const classes = useChannel("schedules");
  const me = useSession()?.user?.id ?? null;
  const editable = useMay("schedules", null);
  const phone = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
  const filters = useDeferredValue(useFilters());
  const [chosen, setDay] = useQuery("day");
  const today = useNow().day;
  const day = days.find((name) => name === chosen) ?? today;
  const move = useMove();
  const [, navigate] = useLocation();
  const search = useSearch();
  const closeClass = () => {
    const left = new URLSearchParams(search);
    if (params.id === "new") left.delete("hour");
    navigate(left.size > 0 ? `/?${left}` : "/");
  };

  const clashes = useMemo(() => clashing(classes ?? []), [classes]);
  const hidden = useMemo(() => {
    const left = classes?.filter((slot) => !fits(slot, filters)) ?? [];
    return new Set(left.map(({ id }) => id));
  }, [classes, filters]);
  const count = (classes?.length ?? 0) - hidden.size;
  const shownDays: readonly Day[] = useMemo(() => (phone ? [day] : days), [phone, day]);

  const find = useCallback(
    (id: number) => realtime.table("schedules").get()?.get(id)?.record as Schedule | undefined,
    [realtime],
  );
  const onMove = useCallback(
    (slot: Schedule, to: Slot) => {
      const place = placeOf(slot, to);
      if (place.day !== slot.day || place.hour !== slot.hour) void move(slot, place);
    },
    [move],
  );
  const onGone = (slot: Schedule, byKey: boolean) => {
    sayGone(realtime, slot, "while you moved it");
    // The focus went with its handle.
    if (byKey) focusSlot({ day: slot.day, row: rowOf(slot.hour) });
  };
  const describe = useCallback(
    (slot: Schedule, to: Slot) => {
      const place = placeOf(slot, to);
      const others = clashesWith(classes ?? [], { ...slot, ...place });
      return [`${place.day} ${clock(place.hour)}.`, ...others.map(alsoThere)].join(" ");
    },
    [classes],
  );

  return (
    <Page
      title="Timetable"
      note={classes && `${count} ${count === 1 ? "class" : "classes"} a week`}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<PrintIcon />}
            onClick={() => print()}
            visibleFrom="sm"
          >
            Print
          </Button>
          {editable && (
            <Button component={Link} href={`/classes/new?day=${day}`} leftSection={<PlusIcon />}>
              New class
            </Button>
          )}
        </>
      }
    >
      {classes && <NowBar classes={classes} />}
      <FilterBar />
      {phone && <DayTabs day={day} today={today} onChange={setDay} />}
      {classes === undefined && (
        <NotLoaded>
          <GridSkeleton />
        </NotLoaded>
      )}
      {classes?.length === 0 && (
        <Empty title="The week is empty">
          {editable ? "Click a time below to add the first class." : "No class is planned yet."}
        </Empty>
      )}
      {classes !== undefined && (
        <Dragging
          find={find}
          onMove={onMove}
          onGone={onGone}
          describe={describe}
          ghost={(slot) => (
            <div className={styles["ghost"]}>
              <ClassFace slot={slot} clash={false} mine={false} />
            </div>
          )}
        >
          <Grid
            days={shownDays}
            classes={classes}
            hidden={hidden}
            clashes={clashes}
            me={me}
            editable={editable}
            today={today}
          />
        </Dragging>
      )}
      {params.id !== undefined && <ClassDrawer id={params.id} onClose={closeClass} />}
    </Page>
  );
}

function placeOf(slot: Schedule, to: Slot): Pick<Schedule, "day" | "hour"> {
  return { day: to.day, hour: hourIn(to.row, slot.hour) };
}
