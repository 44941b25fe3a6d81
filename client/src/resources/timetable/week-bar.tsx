import { useHotkeys } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { sayWeek, weekName } from "../../ui/base/dates";
import { LeftIcon, RightIcon } from "../../ui/base/icons";
import { useSingleKeys } from "../../ui/shell/use-shortcuts";
import { isCovered } from "./covered";
import type { ShownWeek } from "./use-week";
import styles from "./week-bar.module.css";
import { texts } from "./texts";

/** Which week is shown, and the ways to others: each has an address. */
export function WeekBar({ shown }: { shown: ShownWeek }) {
  const [, navigate] = useLocation();
  const [on] = useSingleKeys();
  const previous = shown.pathTo(-1);
  const next = shown.pathTo(1);
  const go = (path: string | null) => {
    if (path !== null && !isCovered()) navigate(path);
  };
  useHotkeys(
    on
      ? [
          ["J", () => go(next)],
          ["K", () => go(previous)],
          ["T", () => go(shown.here)],
        ]
      : [],
  );
  return (
    <nav className={styles["bar"]} aria-label={texts.week}>
      <div className={styles["ways"]}>
        <Way to={previous} label={texts.previousWeek}>
          <LeftIcon />
        </Way>
        <Way to={shown.here} current={shown.isThis}>
          {texts.today}
        </Way>
        <Way to={next} label={texts.nextWeek}>
          <RightIcon />
        </Way>
      </div>
      <output className={styles["week"]}>
        <strong>{sayWeek(shown.week)}</strong>{" "}
        <span>{texts.weekNumber(Number(weekName(shown.week).slice(-2)))}</span>
      </output>
    </nav>
  );
}

interface WayProps {
  /** Null where the calendar ends. */
  to: string | null;
  label?: string;
  current?: boolean;
  children: ReactNode;
}

function Way({ to, label, current = false, children }: WayProps) {
  if (to === null) {
    return (
      <span className={styles["way"]} aria-hidden="true">
        {children}
      </span>
    );
  }
  return (
    <Link
      href={to}
      className={styles["way"]}
      aria-label={label}
      aria-current={current || undefined}
    >
      {children}
    </Link>
  );
}
