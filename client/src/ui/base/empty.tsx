import type { ReactNode } from "react";
import styles from "./empty.module.css";

interface Props {
  title: string;
  /** What to do about it. */
  children: ReactNode;
}

export function Empty({ title, children }: Props) {
  return (
    <div className={styles["empty"]}>
      <h2>{title}</h2>
      <div className="dim">{children}</div>
    </div>
  );
}
