import { VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useChannel, useSession } from "@spotter/realtime/react";
import { useDeferredValue, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useMay } from "../../accounts/can";
import type { Schedule } from "../../protocol";
import { dateIn, dayOf, isDate } from "../../ui/base/dates";
import { Empty } from "../../ui/base/empty";
import { NotLoaded } from "../../ui/base/not-loaded";
import { days } from "../../ui/base/time";
import { useQuery } from "../../ui/list/use-query";
import { lazyDialog, lazySection } from "../../ui/shell/lazy-parts";
import { Page } from "../../ui/shell/page";
import { DayTabs } from "./day-tabs";
import { FilterBar, NothingFits, useFilters } from "./filters";
import { GridSkeleton } from "./grid-skeleton";
import { NowBar } from "./now-bar";
import { occurrencesOn } from "./occurrences";
import { Orphans } from "./orphans";
import { ShownWeekName } from "./over-link";
import { PageActions } from "./page-actions";
import { PrintedWeek } from "./printed-week";
import { shortDay } from "./short-dates";
import styles from "./timetable.module.css";
import { useExceptions } from "./use-exceptions";
import { SelectClass, useSelection } from "./use-selection";
import { useFocusCard } from "./use-focus-card";
import { useNow } from "./use-now";
import { useWeek } from "./use-week";
import { useWidth } from "./use-width";
import { fits } from "./week";
import { WeekBar } from "./week-bar";
import { WeekGrid } from "./week-grid";
import { texts } from "./texts";

const ClassDrawer = lazyDialog(
  () => texts.theClass,
  () => import("./class-drawer"),
);
const NewGym = lazySection(
  () => texts.howToBegin,
  () => import("./new-gym"),
);
const SelectionBar = lazySection(
  () => texts.whatCanBeDone,
  () => import("./selection-bar"),
);
const OnlyOnDrawer = lazyDialog(
  () => texts.theClass,
  () => import("./only-on-drawer"),
);
const DayDrawer = lazyDialog(
  () => texts.theDay,
  () => import("./day-drawer"),
);

/** An address of a class's form, as other records have it. */
const EDIT = "edit";

interface Params {
  /** Of a class. */
  id?: string;
  /** The one date of the class that the address is about, or `EDIT`. */
  on?: string;
  /** A date, whatever is on it. */
  day?: string;
}

/** A week, and over it what the address names: a class, a class on one date, or a day. */
export default function TimetablePage({ params }: { params: Params }) {
  const loaded = useChannel("schedules");
  // A thousand classes are drawn in steps when they arrive, and at once when one of them changes.
  const arrived = useDeferredValue(loaded !== undefined, false);
  const classes = arrived ? loaded : undefined;
  const [box, width] = useWidth();
  const me = useSession()?.user?.id ?? null;
  const editable = useMay("schedules", null);
  const phone = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
  const short = useMediaQuery("(max-width: 767px) and (max-height: 680px)");
  const filters = useDeferredValue(useFilters());
  const [chosen, setDay] = useQuery("day");
  const [path, navigate] = useLocation();
  const search = useSearch();
  const now = useNow();
  const today = now.date;
  const on = params.on === EDIT ? undefined : params.on;
  const named = on ?? params.day ?? "";
  const shown = useWeek(today, isDate(named) ? named : today);
  const day = days.find((name) => name === chosen) ?? dayOf(today);
  const date = dateIn(shown.week, day);
  const dates = useMemo(() => (phone ? [date] : shown.dates), [phone, date, shown.dates]);
  const close = () => navigate(shown.pathTo(0) ?? "/");

  useFocusCard(params.id);

  const exceptions = useExceptions();
  const hidden = useMemo(() => {
    const all = occurrencesOn(shown.dates, classes ?? [], exceptions);
    // Whoever gives it on that date finds it, and whoever usually does.
    const left = all.filter(({ slot, usual }) => !fits(slot, filters) && !fits(usual, filters));
    return new Set(left.map(({ usual }) => usual.id));
  }, [shown.dates, classes, exceptions, filters]);
  const count = useMemo(
    () => classes?.filter((slot) => fits(slot, filters)).length ?? 0,
    [classes, filters],
  );

  const nothingFits = classes && classes.length > 0 && hidden.size === classes.length;
  // A week that was there stays when its last class goes: somebody may hold it, and is told what became of it.
  const [fitting, setFitting] = useState<typeof filters | null>(null);
  if (classes !== undefined && !nothingFits && fitting !== filters) setFitting(filters);

  const visible = useMemo(() => {
    const there = new Set(dates.map(dayOf));
    const seen = (slot: Schedule) => slot.id > 0 && there.has(slot.day) && !hidden.has(slot.id);
    return (editable && classes?.filter(seen)) || [];
  }, [editable, classes, dates, hidden]);
  const selection = useSelection(visible);

  const tabs = phone && (
    <DayTabs
      dates={shown.dates}
      date={date}
      today={today}
      exceptions={exceptions}
      onChange={setDay}
    />
  );

  return (
    <ShownWeekName value={shown.name}>
      <Page
        title={texts.timetable}
        note={
          classes && !short
            ? count === classes.length
              ? texts.aWeek(count)
              : texts.someAWeek(count, classes.length)
            : undefined
        }
        actions={
          <PageActions
            editable={editable}
            selection={classes !== undefined && classes.length > 0 ? selection : null}
            day={day}
            later={classes?.length === 0}
          />
        }
      >
        {classes && <NowBar classes={classes} exceptions={exceptions} />}
        <div className={styles["bars"]}>
          <WeekBar shown={shown} />
          {classes?.length !== 0 && <FilterBar />}
        </div>
        <Orphans />
        {classes === undefined && (
          <>
            {tabs}
            <NotLoaded>
              <GridSkeleton />
            </NotLoaded>
          </>
        )}
        {classes?.length === 0 &&
          (editable ? <NewGym /> : <Empty title={texts.weekEmpty}>{texts.noClassYet}</Empty>)}
        {nothingFits && <NothingFits editable={editable} day={day} />}
        <div ref={box} />
        {classes !== undefined && (!nothingFits || fitting === filters) && width > 0 && (
          <SelectClass value={editable ? selection.select : null}>
            <WeekGrid
              width={width}
              week={shown.dates}
              dates={dates}
              now={now}
              classes={classes}
              exceptions={exceptions}
              hidden={hidden}
              me={me}
              editable={editable}
              selected={editable ? selection.ids : null}
              atNow={path === "/" && search === "" && classes.length > 0}
              tabs={tabs}
              onDay={setDay}
            />
          </SelectClass>
        )}
        {classes && (
          <PrintedWeek
            week={shown.dates}
            classes={classes}
            exceptions={exceptions}
            hidden={hidden}
            filters={filters}
          />
        )}
        {editable && (
          <VisuallyHidden component="output">
            {selection.on && texts.selected(selection.selected.length)}
          </VisuallyHidden>
        )}
        {editable && selection.on && (
          <SelectionBar
            selected={selection.selected}
            most={visible.length}
            day={phone ? shortDay(date) : null}
            onAll={selection.all}
            onEnd={selection.end}
          />
        )}
        {params.id !== undefined && on === undefined && (
          <ClassDrawer
            id={params.id}
            toEdit={params.on === EDIT}
            week={shown.week}
            onClose={close}
          />
        )}
        {params.id !== undefined && on !== undefined && (
          <OnlyOnDrawer id={params.id} date={on} onClose={close} />
        )}
        {params.day !== undefined && (
          <DayDrawer date={params.day} hidden={hidden} onClose={close} />
        )}
      </Page>
    </ShownWeekName>
  );
}
