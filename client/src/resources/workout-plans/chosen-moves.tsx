import { closestCenter, DndContext, KeyboardSensor, MouseSensor, TouchSensor } from "@dnd-kit/core";
import { useSensor, useSensors } from "@dnd-kit/core";
import type { Announcements, DragEndEvent } from "@dnd-kit/core";
import { arrayMove, SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { verticalListSortingStrategy } from "@dnd-kit/sortable";
import { equal } from "@spotter/realtime";
import { ChosenMove } from "./chosen-move";
import styles from "./chosen-moves.module.css";
import { keysOf, tidied } from "./planned-moves";
import type { Row } from "./planned-moves";
import { texts } from "./texts";

interface Props {
  rows: readonly Row[];
  /** Whether the list as a whole is wrong. */
  wrong: boolean;
  onChange: (rows: Row[]) => void;
}

/** The moves of a plan in their order, dragged or moved by buttons, with what is to be done of each. */
export function ChosenMoves({ rows, wrong, onChange }: Props) {
  const keys = keysOf(rows);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const end = ({ active, over }: DragEndEvent) => {
    const [from, to] = [keys.indexOf(String(active.id)), keys.indexOf(String(over?.id))];
    if (from >= 0 && to >= 0 && from !== to) onChange(arrayMove([...rows], from, to));
  };
  const replace = (at: number, row: Row) =>
    onChange(rows.map((each, other) => (other === at ? row : each)));
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{
        announcements: spoken(rows, keys),
        screenReaderInstructions: { draggable: texts.dragHint },
      }}
      onDragEnd={end}
    >
      <SortableContext items={keys} strategy={verticalListSortingStrategy}>
        <ol className={styles["chosen"]} data-wrong={wrong || undefined}>
          {rows.length === 0 && <li className={styles["empty"]}>{texts.nothingYet}</li>}
          {rows.map((row, at) => (
            <ChosenMove
              key={keys[at]}
              sortKey={keys[at] ?? ""}
              row={row}
              at={at}
              last={at === rows.length - 1}
              onShift={(by) => onChange(arrayMove([...rows], at, at + by))}
              onRemove={() => onChange(rows.filter((_, other) => other !== at))}
              onChange={(changed) => replace(at, changed)}
              onLeave={() => {
                const tidy = tidied(row);
                if (!equal(tidy, row)) replace(at, tidy);
              }}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

/** What is said of a move on its way, for those who do not see it. */
function spoken(rows: readonly Row[], keys: readonly string[]): Announcements {
  const name = (key: unknown) => rows[keys.indexOf(String(key))]?.name ?? texts.theMove;
  const place = (key: unknown) => texts.place(keys.indexOf(String(key)) + 1, keys.length);
  return {
    onDragStart: ({ active }) => texts.pickedUp(name(active.id), place(active.id)),
    onDragOver: ({ active, over }) =>
      over ? texts.isAt(name(active.id), place(over.id)) : undefined,
    onDragEnd: ({ active, over }) => texts.dropped(name(active.id), place((over ?? active).id)),
    onDragCancel: ({ active }) => texts.stays(name(active.id), place(active.id)),
  };
}
