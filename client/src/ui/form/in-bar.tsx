import { useEffect, useState } from "react";
import { WarningIcon } from "../base/icons";
import styles from "./form.module.css";

/** As high as a form's bar with this in it, and the first line of a warning above. */
const BAR = 150;

interface Props {
  /** The warning that this is the first line of; null while there is none. */
  of: HTMLElement | null;
  children: string | undefined;
}

/**
 * In a form's bar, of a warning that is further down than the bar lets one see: nobody saves without having seen it. It is
 * heard where it stands.
 */
export function InBar({ of, children }: Props) {
  const isUnseen = useUnseen(of);
  if (of === null || children === undefined || !isUnseen) return null;
  return (
    <p className={styles["in-bar"]} aria-hidden="true">
      <WarningIcon size={18} />
      <span>{children}</span>
    </p>
  );
}

function useUnseen(element: HTMLElement | null): boolean {
  const [isUnseen, setUnseen] = useState(false);
  useEffect(() => {
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => setUnseen(entry?.isIntersecting === false),
      { rootMargin: `0px 0px -${BAR}px` },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      setUnseen(false);
    };
  }, [element]);
  return isUnseen;
}
