import { RightIcon } from "../../ui/base/icons";
import { fullHour } from "../../ui/base/time";
import { useDropPlace } from "./dragging";
import styles from "./hour-band.module.css";
import { texts } from "./texts";

interface Props {
  from: number;
  to: number;
  /** How many columns of the grid it lies across. */
  across: number;
  opened: boolean;
  /** Whether a filter hides classes in it. */
  hides: boolean;
  /** While classes are selected keys lead from one to the next. */
  selecting: boolean;
  onToggle: () => void;
}

/** Stands for hours in which no class is, and unfolds them: also for a class that is held over it. */
export function HourBand({ from, to, across, opened, hides, selecting, onToggle }: Props) {
  const { place, isOver } = useDropPlace(bandKey({ from, to }));
  return (
    <tr className={styles["band"]} {...place} data-from={from}>
      <td colSpan={across}>
        <button
          type="button"
          aria-expanded={opened}
          tabIndex={selecting ? -1 : undefined}
          data-over={isOver || undefined}
          onClick={onToggle}
        >
          <RightIcon size={16} />
          <span>{sayNothing({ from, to }, hides)}</span>
        </button>
      </td>
    </tr>
  );
}

function sayNothing({ from, to }: { from: number; to: number }, hides: boolean): string {
  if (to - from === 24) return hides ? texts.noneFitsAllDay : texts.noClassAllDay;
  const say = hides ? texts.noneFitsFrom : texts.nothingFrom;
  return say(fullHour(from), fullHour(to % 24));
}

/** Its name among the places that a class can be held over. */
export function bandKey({ from, to }: { from: number; to: number }): string {
  return `band ${from} ${to}`;
}

/** The hours of the band of this name; null for another place. */
export function parseBand(key: string): { from: number; to: number } | null {
  const [kind, from, to] = key.split(" ");
  return kind === "band" ? { from: Number(from), to: Number(to) } : null;
}
