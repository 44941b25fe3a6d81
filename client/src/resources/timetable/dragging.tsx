/** Moving a class by mouse, touch or keyboard: what dnd-kit needs to know of a timetable. */
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MeasuringStrategy,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import type { Announcements, DragEndEvent, DragStartEvent } from "@dnd-kit/core";
import { useRecord } from "@spotter/realtime/react";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { Schedule } from "../../protocol";
import { sayPlaced } from "./class-name";
import { beginAt, oneSlotPerKey, PLACE, placeHeld, showBy } from "./places";
import { parseSlot, rowOf } from "./week";
import type { Slot } from "./week";
import { texts } from "./texts";

interface Props {
  find: (id: number) => Schedule | undefined;
  onMove: (slot: Schedule, to: Slot, byKey: boolean) => void;
  /** Called when the class is deleted while it is moved, with how it was. */
  onGone: (slot: Schedule, byKey: boolean) => void;
  /** Called for a place that stands for others, when a class was held over it for a moment. */
  onRest: (place: string) => void;
  /** Called when a class is moved by key to where the page shows nothing yet. */
  onReach: (slot: Slot) => void;
  /** What is seen of the class while it is moved, and where to. */
  ghost: (slot: Schedule, to: Slot | null) => ReactNode;
  /** Said to those who cannot see where the class is. */
  describe: (slot: Schedule, to: Slot) => string;
  children: ReactNode;
}

// These are made once: new ones would make dnd-kit draw every class again.
// A short way first, so that a click on a class stays a click.
const byMouse = { activationConstraint: { distance: 6 } };
// A moment first, so that a swipe over a class still scrolls.
const byTouch = { activationConstraint: { delay: 220, tolerance: 8 } };
const byKeyboard = { coordinateGetter: oneSlotPerKey, scrollBehavior: "auto" } as const;
// Places come and go while a class is moved.
const measuring = { droppable: { strategy: MeasuringStrategy.Always } };

/** So long a class is held over what stands for other places before they are there, in milliseconds. */
const REST = 500;

export function Dragging(props: Props) {
  const { find, onMove, onGone, onRest, onReach, ghost, describe, children } = props;
  const [dragged, setDragged] = useState<Schedule | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [byKey, setByKey] = useState(false);
  useEffect(() => showBy(onReach), [onReach]);
  const sensors = useSensors(
    useSensor(MouseSensor, byMouse),
    useSensor(TouchSensor, byTouch),
    useSensor(KeyboardSensor, byKeyboard),
  );
  const announcements = useAnnouncements(find, describe);

  const isGone = useRecord("schedules", dragged?.id) === undefined && dragged !== null;
  const letGo = useEffectEvent(() => {
    if (dragged === null) return;
    // What dnd-kit holds on to when a card goes, its sensors let go of when the window changes.
    dispatchEvent(new Event("resize"));
    onGone(dragged, byKey);
  });
  useEffect(() => {
    if (isGone) letGo();
  }, [isGone]);

  const rest = useEffectEvent(onRest);
  useEffect(() => {
    if (dragged === null || over === null || parseSlot(over)) return undefined;
    const timer = setTimeout(() => rest(over), REST);
    return () => clearTimeout(timer);
  }, [dragged, over]);

  const start = ({ active, activatorEvent }: DragStartEvent) => {
    const slot = find(Number(active.id)) ?? null;
    beginAt(slot && { day: slot.day, row: rowOf(slot.hour) });
    setDragged(slot);
    setOver(null);
    setByKey(activatorEvent instanceof KeyboardEvent);
  };
  const end = ({ active, over: place }: DragEndEvent) => {
    setDragged(null);
    const slot = find(Number(active.id));
    const to = place && parseSlot(String(place.id));
    if (slot && to) onMove(slot, to, byKey);
    if (!slot && dragged) onGone(dragged, byKey);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={placeHeld}
      measuring={measuring}
      accessibility={{ announcements, screenReaderInstructions: { draggable: texts.dragHint } }}
      onDragStart={start}
      onDragOver={(event) => setOver(event.over && String(event.over.id))}
      onDragEnd={end}
      onDragCancel={() => setDragged(null)}
    >
      {children}
      <DragOverlay dropAnimation={null} style={{ pointerEvents: "none" }}>
        {dragged && ghost(dragged, over === null ? null : parseSlot(over))}
      </DragOverlay>
    </DndContext>
  );
}

/** What is said while a class is moved: names, days and times. */
function useAnnouncements(find: Props["find"], describe: Props["describe"]): Announcements {
  return useMemo(() => {
    const say = (active: DragEndEvent["active"], over: DragEndEvent["over"]) => {
      const slot = find(Number(active.id));
      const to = over && parseSlot(String(over.id));
      return slot && to ? describe(slot, to) : undefined;
    };
    return {
      onDragStart: ({ active }) => {
        const slot = find(Number(active.id));
        return slot && texts.moving(sayPlaced(slot));
      },
      onDragOver: ({ active, over }) => say(active, over),
      onDragEnd: ({ active, over }) =>
        find(Number(active.id)) ? texts.dropped(say(active, over) ?? "") : undefined,
      onDragCancel: ({ active }) => {
        const slot = find(Number(active.id));
        return slot && texts.notMoved(sayPlaced(slot));
      },
    };
  }, [find, describe]);
}

/** Makes a class movable: by any part of it with mouse or touch, by its handle with the keyboard. */
export function useMovable(id: number, disabled: boolean) {
  const { setNodeRef, setActivatorNodeRef, listeners, isDragging, ...rest } = useDraggable({
    id,
    disabled,
    attributes: { roleDescription: texts.movable },
  });
  const { role: _, ...attributes } = rest.attributes;
  return {
    ref: setNodeRef,
    listeners,
    handle: { ref: setActivatorNodeRef, ...attributes },
    isDragging,
  };
}

/** Makes something a place that a class can be held over. */
export function useDropPlace(key: string) {
  const { setNodeRef, isOver } = useDroppable({ id: key });
  return { place: { ref: setNodeRef, [PLACE]: key }, isOver };
}
