/** Moving a class by mouse, touch or keyboard: what dnd-kit needs to know of a timetable. */
import { DndContext, DragOverlay, KeyboardSensor, MouseSensor, TouchSensor } from "@dnd-kit/core";
import { pointerWithin, useDraggable, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import type {
  Announcements,
  CollisionDetection,
  DragEndEvent,
  DragStartEvent,
  KeyboardCoordinateGetter,
} from "@dnd-kit/core";
import { useRecord } from "@spotter/realtime";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { Schedule } from "../../protocol";
import { days } from "../../ui/base/time";
import { parseSlot, slotKey } from "./week";
import type { Slot } from "./week";

interface Props {
  find: (id: number) => Schedule | undefined;
  onMove: (slot: Schedule, to: Slot) => void;
  /** Called when the class is deleted while it is moved, with how it was. */
  onGone: (slot: Schedule, byKey: boolean) => void;
  /** What is seen of the class while it is moved. */
  ghost: (slot: Schedule) => ReactNode;
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

const instructions =
  "To move a class, press space or enter on its handle, choose a place with the arrow keys, " +
  "and press space or enter again. Escape leaves it where it was.";

export function Dragging({ find, onMove, onGone, ghost, describe, children }: Props) {
  const [dragged, setDragged] = useState<Schedule | null>(null);
  const [byKey, setByKey] = useState(false);
  const sensors = useSensors(
    useSensor(MouseSensor, byMouse),
    useSensor(TouchSensor, byTouch),
    useSensor(KeyboardSensor, byKeyboard),
  );
  const announcements = useMemo<Announcements>(() => {
    const announcement = (active: DragEndEvent["active"], over: DragEndEvent["over"]) => {
      const slot = find(Number(active.id));
      const to = over && parseSlot(String(over.id));
      return slot && to ? describe(slot, to) : undefined;
    };
    return {
      onDragStart: ({ active }) => `Moving ${find(Number(active.id))?.workout_plan.name}.`,
      onDragOver: ({ active, over }) => announcement(active, over),
      onDragEnd: ({ active, over }) =>
        find(Number(active.id)) ? `Dropped. ${announcement(active, over) ?? ""}` : undefined,
      onDragCancel: ({ active }) =>
        find(Number(active.id)) ? "The class stays where it was." : undefined,
    };
  }, [find, describe]);

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

  const start = ({ active, activatorEvent }: DragStartEvent) => {
    setDragged(find(Number(active.id)) ?? null);
    setByKey(activatorEvent instanceof KeyboardEvent);
  };
  const end = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const slot = find(Number(active.id));
    const to = over && parseSlot(String(over.id));
    if (slot && to) onMove(slot, to);
    if (!slot && dragged) onGone(dragged, byKey);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={slotUnder}
      accessibility={{ announcements, screenReaderInstructions: { draggable: instructions } }}
      onDragStart={start}
      onDragEnd={end}
      onDragCancel={() => setDragged(null)}
    >
      {children}
      <DragOverlay dropAnimation={null}>{dragged && ghost(dragged)}</DragOverlay>
    </DndContext>
  );
}

/** Makes a class movable: by any part of it with mouse or touch, by its handle with the keyboard. */
export function useMovable(id: number, disabled: boolean) {
  const { setNodeRef, setActivatorNodeRef, listeners, isDragging, ...rest } = useDraggable({
    id,
    disabled,
    attributes: { roleDescription: "movable class" },
  });
  const { role: _, ...attributes } = rest.attributes;
  return {
    ref: setNodeRef,
    listeners,
    handle: { ref: setActivatorNodeRef, ...attributes },
    isDragging,
  };
}

/** Makes a slot a place to drop a class. */
export function useDropSlot(slot: Slot) {
  const { setNodeRef, isOver } = useDroppable({ id: slotKey(slot) });
  return { ref: setNodeRef, isOver };
}

/** The slot under the pointer; with the keyboard, the one that the class was put on. */
const slotUnder: CollisionDetection = (args) => {
  if (args.pointerCoordinates) return pointerWithin(args);
  const { left, top } = args.collisionRect;
  return pointerWithin({ ...args, pointerCoordinates: { x: left + 4, y: top + 4 } });
};

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function oneSlotPerKey(...[event, { context }]: Parameters<KeyboardCoordinateGetter>) {
  const step = steps[event.code];
  const from = parseSlot(String(context.over?.id ?? ""));
  if (!step || !from) return undefined;
  event.preventDefault();
  const day = days[days.indexOf(from.day) + step[0]];
  if (!day) return undefined;
  const rect = context.droppableRects.get(slotKey({ day, row: from.row + step[1] }));
  return rect && { x: rect.left, y: rect.top };
}
