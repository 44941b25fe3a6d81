import { useRealtime } from "@spotter/realtime/react";
import { useCallback, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { Schedule } from "../../protocol";
import { dayOf } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import type { Day } from "../../ui/base/time";
import { sayPlaced } from "./class-name";
import { piecesOf } from "./day-layout";
import type { Piece } from "./day-layout";
import { Dragging } from "./dragging";
import type { Exceptions } from "./exceptions";
import { Ghost } from "./ghost";
import { Grid } from "./grid";
import type { Now } from "./gym-clock";
import { parseBand } from "./hour-band";
import { hoursIn, hoursUsed, partsOf, slotsUsed, usualHours } from "./hours";
import { given, seenOn } from "./occurrences";
import type { Occurrence } from "./occurrences";
import { clashing, overlapsWith, sayOverlap } from "./overlaps";
import { parseTab } from "./places";
import { useFocusLater } from "./use-focus-later";
import { useOpenAtNow } from "./use-open-at-now";
import { sayGone, useMove } from "./use-move";
import { hourIn, rowOf, slotKey } from "./week";
import type { Slot } from "./week";
import { texts } from "./texts";

interface Props {
  /** How much room there is, in pixels. */
  width: number;
  week: readonly LocalDate[];
  /** Those of the week that are shown. */
  dates: readonly LocalDate[];
  now: Now;
  classes: readonly Schedule[];
  exceptions: Exceptions;
  /** Classes that a filter leaves out. */
  hidden: ReadonlySet<number>;
  me: number | null;
  editable: boolean;
  /** The classes that are selected; null while none are being selected. */
  selected: ReadonlySet<number> | null;
  /** Whether the address names nothing that should be in sight instead of the present. */
  atNow: boolean;
  /** Ways to the other days, which a class can be held over. */
  tabs: ReactNode;
  /** Shows another day of the week. */
  onDay: (day: Day) => void;
}

/** The classes of the dates that are shown, which are moved from place to place. */
export function WeekGrid(props: Props) {
  const { width, week, dates, now, classes, exceptions, hidden, tabs, onDay, atNow } = props;
  const { me, editable, selected } = props;
  const realtime = useRealtime();
  const move = useMove();
  const focusLater = useFocusLater();
  const all = useMemo(() => seenOn(dates, classes, exceptions), [dates, classes, exceptions]);
  const seen = useMemo(() => all.filter(({ usual }) => !hidden.has(usual.id)), [all, hidden]);
  const hiding = useMemo(
    () =>
      slotsUsed(
        piecesIn(
          dates,
          all.filter(({ usual }) => hidden.has(usual.id)),
        ),
      ),
    [dates, all, hidden],
  );
  const clashes = useMemo(
    () => clashing(given(week, classes, exceptions)),
    [week, classes, exceptions],
  );
  const isEmpty = classes.length === 0;
  const used = useMemo(
    () => (isEmpty ? usualHours() : hoursUsed(piecesIn(dates, seen))),
    [isEmpty, dates, seen],
  );
  // The hours of a week that is filled from the beginning stay.
  const [opened, setOpened] = useState(() => (isEmpty ? usualHours() : new Set<number>()));
  const parts = useMemo(() => partsOf(used, opened), [used, opened]);
  const open = useCallback(
    (hours: readonly number[]) => setOpened((before) => new Set([...before, ...hours])),
    [],
  );
  const onToggle = useCallback((band: { from: number; to: number }) => {
    setOpened((before) => {
      const after = new Set(before);
      const hours = hoursIn(band);
      const isOpen = hours.some((hour) => before.has(hour));
      for (const hour of hours) {
        if (isOpen) after.delete(hour);
        else after.add(hour);
      }
      return after;
    });
  }, []);

  const hour = dates.includes(now.date) ? Math.floor(now.minute / 60) : null;
  useOpenAtNow(atNow ? hour : null);

  const find = useCallback(
    (id: number) => realtime.table("schedules").get()?.get(id)?.record as Schedule | undefined,
    [realtime],
  );
  const onMove = useCallback(
    (slot: Schedule, to: Slot, byKey: boolean) => {
      const place = placeOf(slot, to);
      if (place.day === slot.day && place.hour === slot.hour) return;
      if (byKey) focusLater(`[data-class="${slot.id}"] [aria-roledescription]`);
      void move(slot, place);
    },
    [move, focusLater],
  );
  const onGone = (slot: Schedule, byKey: boolean) => {
    sayGone(realtime, slot, texts.deletedWhileMoved);
    if (!byKey) return;
    // The focus went with its handle.
    const row = rowOf(slot.hour);
    const place = slotKey({ day: slot.day, row });
    // Its hour unfolds first: where no class can be added there, it is where one can.
    focusLater(hiding.has(place) ? "[data-slot]" : `[data-slot="${place}"]`);
    open([row]);
  };
  const onRest = (place: string) => {
    const band = parseBand(place);
    const day = parseTab(place);
    if (band) open(hoursIn(band));
    if (day) onDay(day);
  };
  const onReach = ({ day, row }: Slot) => {
    open([row]);
    if (!dates.some((date) => dayOf(date) === day)) onDay(day);
  };
  const describe = useCallback(
    (slot: Schedule, to: Slot) => {
      const what = sayPlaced({ ...slot, ...placeOf(slot, to) });
      return [`${what}.`, ...overlapsAt(classes, slot, to)].join(" ");
    },
    [classes],
  );

  return (
    <Dragging
      find={find}
      onMove={onMove}
      onGone={onGone}
      onRest={onRest}
      onReach={onReach}
      describe={describe}
      ghost={(slot, to) => (
        <Ghost
          slot={to ? { ...slot, ...placeOf(slot, to) } : slot}
          overlaps={to ? overlapsAt(classes, slot, to) : []}
        />
      )}
    >
      {tabs}
      <Grid
        width={width}
        dates={dates}
        seen={seen}
        hiding={hiding}
        parts={parts}
        opened={opened}
        onToggle={onToggle}
        exceptions={exceptions}
        clashes={clashes}
        me={me}
        editable={editable}
        selected={selected}
        today={now.date}
        now={hour}
      />
    </Dragging>
  );
}

function placeOf(slot: Schedule, to: Slot): Pick<Schedule, "day" | "hour"> {
  return { day: to.day, hour: hourIn(to.row, slot.hour) };
}

function piecesIn(dates: readonly LocalDate[], seen: readonly Occurrence[]): Piece[] {
  const there = new Set(dates);
  return seen.flatMap(piecesOf).filter(({ date }) => there.has(date));
}

/** Who and what would be wanted twice, if the class were there. */
function overlapsAt(classes: readonly Schedule[], slot: Schedule, to: Slot): string[] {
  const moved = { ...slot, ...placeOf(slot, to) };
  return overlapsWith(classes, moved).map((overlap) => sayOverlap(overlap, moved));
}
