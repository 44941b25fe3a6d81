import { closestCenter, DndContext, KeyboardSensor, MouseSensor, TouchSensor } from "@dnd-kit/core";
import { useSensor, useSensors } from "@dnd-kit/core";
import type { DragEndEvent } from "@dnd-kit/core";
import { arrayMove, SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon } from "@mantine/core";
import type { ExerciseMove } from "../../protocol";
import { CloseIcon, DownIcon, GripIcon, UpIcon } from "../../ui/base/icons";
import styles from "./plans.module.css";

interface Props {
  moves: readonly ExerciseMove[];
  wrong: boolean;
  onChange: (moves: ExerciseMove[]) => void;
}

/** The moves of a plan in their order: dragged, or moved by buttons. */
export function ChosenMoves({ moves, wrong, onChange }: Props) {
  const keys = keysOf(moves);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const end = ({ active, over }: DragEndEvent) => {
    const [from, to] = [keys.indexOf(String(active.id)), keys.indexOf(String(over?.id))];
    if (from >= 0 && to >= 0 && from !== to) onChange(arrayMove([...moves], from, to));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}>
      <SortableContext items={keys} strategy={verticalListSortingStrategy}>
        <ol className={styles["chosen"]} data-wrong={wrong || undefined}>
          {moves.length === 0 && (
            <li className={styles["empty"]}>Nothing yet. Add moves from the list.</li>
          )}
          {moves.map((move, at) => (
            <ChosenMove
              key={keys[at]}
              sortKey={keys[at] ?? ""}
              move={move}
              first={at === 0}
              last={at === moves.length - 1}
              onShift={(by) => onChange(arrayMove([...moves], at, at + by))}
              onRemove={() => onChange(moves.filter((_, other) => other !== at))}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

interface ChosenMoveProps {
  sortKey: string;
  move: ExerciseMove;
  first: boolean;
  last: boolean;
  onShift: (by: -1 | 1) => void;
  onRemove: () => void;
}

function ChosenMove({ sortKey, move, first, last, onShift, onRemove }: ChosenMoveProps) {
  const sortable = useSortable({ id: sortKey });
  const { setNodeRef, setActivatorNodeRef, listeners } = sortable;
  const { role: _, ...attributes } = sortable.attributes;
  const style = {
    transform: CSS.Transform.toString(sortable.transform),
    transition: sortable.transition,
  };
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={styles["item"]}
      data-dragging={sortable.isDragging || undefined}
    >
      <ActionIcon
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        className={styles["grip"]}
        aria-label={`Drag ${move.name}`}
      >
        <GripIcon />
      </ActionIcon>
      <span className={styles["label"]}>
        {move.name}
        <small>{move.focus}</small>
      </span>
      <ActionIcon aria-label={`Move ${move.name} up`} disabled={first} onClick={() => onShift(-1)}>
        <UpIcon />
      </ActionIcon>
      <ActionIcon aria-label={`Move ${move.name} down`} disabled={last} onClick={() => onShift(1)}>
        <DownIcon />
      </ActionIcon>
      <ActionIcon aria-label={`Remove ${move.name}`} onClick={onRemove}>
        <CloseIcon />
      </ActionIcon>
    </li>
  );
}

/** A key for each move: its id, and which time it occurs, since a plan may repeat a move. */
function keysOf(moves: readonly ExerciseMove[]): string[] {
  const seen = new Map<number, number>();
  return moves.map(({ id }) => {
    const time = (seen.get(id) ?? 0) + 1;
    seen.set(id, time);
    return `${id}/${time}`;
  });
}
