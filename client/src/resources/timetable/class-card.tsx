import { memo, useState } from "react";
import { Link } from "wouter";
import type { Schedule } from "../../protocol";
import { GripIcon, MoreIcon, WarningIcon } from "../../ui/base/icons";
import { clock } from "../../ui/base/time";
import { ChangeHighlight } from "../../ui/record/change-highlight";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { Difficulty, level } from "../workout-plans/difficulty";
import styles from "./class-card.module.css";
import { useMovable } from "./dragging";

const ClassMenu = lazyDialog("The menu", () => import("./class-menu"), {
  waiting: ({ label, className }) => <MenuTarget label={label} className={className} />,
});

interface Props {
  slot: Schedule;
  clash: boolean;
  mine: boolean;
  editable: boolean;
  /** Filtered out: kept, so that a filter costs no more than a change of style. */
  hidden: boolean;
}

/** One class in the grid: a link to its form, a handle to move it, a menu for the rest. */
export const ClassCard = memo(function ClassCard(props: Props) {
  const { slot, clash, mine, editable, hidden } = props;
  // A class that the server does not know yet cannot be moved or opened.
  const saved = slot.id > 0;
  const { ref, listeners, handle, isDragging } = useMovable(slot.id, !editable || !saved);
  return (
    <div
      ref={ref}
      {...listeners}
      hidden={hidden}
      className={styles["card"]}
      data-level={level(slot.workout_plan.difficulty) ?? undefined}
      data-mine={mine || undefined}
      data-clash={clash || undefined}
      data-dragging={isDragging || undefined}
      data-unsaved={!saved || undefined}
    >
      <Content slot={slot} clash={clash} mine={mine} editable={editable} />
      {editable && saved && (
        <button
          {...handle}
          type="button"
          className={styles["tool"]}
          aria-label={`Move ${nameOf(slot)}`}
        >
          <GripIcon size={16} />
        </button>
      )}
    </div>
  );
});

/** What stays the same while classes are dragged about. */
const Content = memo(function Content(props: Omit<Props, "hidden">) {
  const { slot, clash, mine, editable } = props;
  return (
    <ChangeHighlight channel="schedules" id={slot.id} inside>
      <ClassFace slot={slot} clash={clash} mine={mine} />
      {editable && slot.id > 0 && <MenuButton slot={slot} />}
    </ChangeHighlight>
  );
});

/** What a class says about itself, in the grid and while it is moved. */
export function ClassFace({ slot, clash, mine }: Pick<Props, "slot" | "clash" | "mine">) {
  return (
    <>
      <p className={styles["time"]}>
        {clock(slot.hour)}
        {mine && <span className={styles["you"]}>You</span>}
      </p>
      <Link href={`/classes/${slot.id}`} className={styles["plan"]} draggable={false}>
        {slot.workout_plan.name}
      </Link>
      <p className={styles["coach"]}>{slot.coach.name}</p>
      <p className={styles["level"]}>
        <Difficulty value={slot.workout_plan.difficulty} />
      </p>
      {clash && (
        <p className={styles["clash"]}>
          <WarningIcon size={14} /> {slot.coach.name} is booked twice
        </p>
      )}
    </>
  );
}

/** The menu is made when it is first asked for: a week can have a thousand classes. */
function MenuButton({ slot }: { slot: Schedule }) {
  const [asked, setAsked] = useState(false);
  const props = { label: `More for ${nameOf(slot)}`, className: styles["tool"] ?? "" };
  if (!asked) return <MenuTarget {...props} onClick={() => setAsked(true)} />;
  return <ClassMenu slot={slot} {...props} onClose={() => setAsked(false)} />;
}

interface MenuTargetProps {
  label: string;
  className: string;
  onClick?: () => void;
}

function MenuTarget({ label, className, onClick }: MenuTargetProps) {
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="menu"
      onClick={onClick}
    >
      <MoreIcon size={16} />
    </button>
  );
}

export function nameOf(slot: Schedule): string {
  return `${slot.workout_plan.name}, ${slot.day} ${clock(slot.hour)}, ${slot.coach.name}`;
}
