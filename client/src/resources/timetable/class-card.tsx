import { sayDay } from "../../ui/base/dates";
import { useMergedRef } from "@mantine/hooks";
import { memo } from "react";
import type { CSSProperties, RefCallback } from "react";
import { ChangeHighlight } from "../../ui/record/change-highlight";
import { level } from "../workout-plans/difficulty";
import styles from "./class-card.module.css";
import { ClassFace } from "./class-face";
import { MenuButton } from "./class-menu-button";
import { nameOf } from "./class-name";
import tools from "./class-tools.module.css";
import { samePiece, SHORTEST } from "./day-layout";
import type { Drawn } from "./day-layout";
import { Different, DifferentSign } from "./different";
import { useMovable } from "./dragging";
import { sameOccurrence, takesPlace } from "./occurrences";
import type { Occurrence } from "./occurrences";
import { OverLink } from "./over-link";
import { endOf } from "./overlaps";
import type { Clash } from "./overlaps";
import { SelectBox } from "./select-box";
import { useNear } from "./use-near";
import { useSelectable } from "./use-selection";
import { texts } from "./texts";

interface Props {
  piece: Drawn;
  clash: Clash | null;
  mine: boolean;
  editable: boolean;
  /** Whether it is selected; null while classes are not being selected. */
  selected: boolean | null;
  /** Whether it is as long as it lasts; else as its words need. */
  toScale: boolean;
  /** Whether there are so many that only those near the screen are drawn whole. */
  sparse: boolean;
}

/** One class in the grid: a link to its form, a handle to move it, a menu for the rest. */
export const ClassCard = memo(
  function ClassCard(props: Props) {
    return props.piece.continued ? <Rest {...props} /> : <Card {...props} />;
  },
  ({ piece, ...before }, { piece: next, ...after }) =>
    samePiece(piece, next) &&
    (Object.keys(before) as (keyof typeof before)[]).every((key) => before[key] === after[key]),
);

type Root = RefCallback<HTMLElement>;

function Card(props: Props) {
  const [root, near] = useNear(!props.sparse);
  return near ? <Movable {...props} root={root} /> : <Far {...props} root={root} />;
}

/** What is far from the screen: found, tabbed to and selected like the rest. */
function Far({ piece, selected, toScale, root }: Props & { root: Root }) {
  const { usual, slot } = piece.occurrence;
  return (
    <div
      ref={root}
      className={`${styles["card"]} ${styles["far"]}`}
      style={placeOf(piece, toScale)}
      data-class={slot.id}
    >
      {selected === null ? (
        <a href={`/classes/${slot.id}`}>{slot.workout_plan.name}</a>
      ) : (
        <SelectBox id={slot.id} name={nameOf(usual)} checked={selected} />
      )}
    </div>
  );
}

function Movable({
  piece,
  clash,
  mine,
  editable,
  selected,
  toScale,
  root,
}: Props & { root: Root }) {
  const { occurrence } = piece;
  const { usual, slot } = occurrence;
  // A class that the server does not know yet cannot be moved or opened.
  const saved = slot.id > 0;
  const selecting = selected !== null;
  const { ref, listeners, handle, isDragging } = useMovable(
    slot.id,
    !editable || !saved || selecting,
  );
  const both = useMergedRef(root, ref);
  const selectable = useSelectable(slot.id);
  return (
    <div
      ref={both}
      {...listeners}
      {...(saved ? selectable : {})}
      className={styles["card"]}
      style={placeOf(piece, toScale)}
      data-level={level(slot.workout_plan.difficulty) ?? undefined}
      data-mine={mine || undefined}
      data-clash={clash ?? undefined}
      data-off={!takesPlace(piece.occurrence) || undefined}
      data-dragging={isDragging || undefined}
      data-unsaved={!saved || undefined}
      data-class={slot.id}
    >
      <div className={styles["content"]} inert={selecting}>
        <Content occurrence={occurrence} clash={clash} mine={mine} editable={editable} />
      </div>
      {selecting && saved && <SelectBox id={slot.id} name={nameOf(usual)} checked={selected} />}
      {editable && saved && !selecting && (
        <button
          {...handle}
          type="button"
          className={tools["grip"]}
          aria-label={texts.move(nameOf(usual))}
        />
      )}
    </div>
  );
}

/** What of a class lies after midnight: it is moved by its beginning. */
function Rest({ piece, clash, mine, selected, toScale }: Props) {
  const { slot } = piece.occurrence;
  return (
    <div
      className={styles["card"]}
      style={placeOf(piece, toScale)}
      data-level={level(slot.workout_plan.difficulty) ?? undefined}
      data-mine={mine || undefined}
      data-clash={clash ?? undefined}
      data-off={!takesPlace(piece.occurrence) || undefined}
      data-continued
      data-selected={selected || undefined}
      inert={selected !== null}
    >
      <p className={styles["until"]}>{texts.until(endOf(slot))}</p>
      <OverLink href={`/classes/${slot.id}`} className={styles["rest"]} draggable={false}>
        {texts.fromDay(slot.workout_plan.name, sayDay(slot.day))}
      </OverLink>
    </div>
  );
}

/** In hours and columns; the style sheet knows how big they are. */
function placeOf(
  { from, to, column, columns }: Drawn,
  toScale: boolean,
): CSSProperties | undefined {
  if (!toScale) return undefined;
  return {
    "--from": (from % 60) / 60,
    "--long": Math.max(to - from, SHORTEST) / 60,
    "--column": column,
    "--columns": columns,
  } as CSSProperties;
}

/** What stays the same while classes are dragged about. */
const Content = memo(
  function Content(props: ContentProps) {
    const { occurrence, clash, mine, editable } = props;
    const { usual, slot } = occurrence;
    return (
      <ChangeHighlight channel="schedules" id={usual.id} className={styles["face"]} inside>
        <ClassFace
          slot={slot}
          clash={clash}
          mine={mine}
          sign={<DifferentSign occurrence={occurrence} />}
        >
          <Different occurrence={occurrence} />
        </ClassFace>
        {editable && usual.id > 0 && <MenuButton occurrence={occurrence} />}
      </ChangeHighlight>
    );
  },
  (before, after) =>
    sameOccurrence(before.occurrence, after.occurrence) &&
    before.clash === after.clash &&
    before.mine === after.mine &&
    before.editable === after.editable,
);

interface ContentProps {
  occurrence: Occurrence;
  clash: Clash | null;
  mine: boolean;
  editable: boolean;
}
