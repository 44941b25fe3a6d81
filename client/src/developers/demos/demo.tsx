import type { ReactNode } from "react";
import { DevelopersPage } from "../developers-page";
import styles from "../developers.module.css";

interface Props {
  title: string;
  note: string;
  children: ReactNode;
}

/** A demo of something that the server pushes. */
export function Demo({ title, note, children }: Props) {
  return (
    <DevelopersPage title={title} note={note}>
      <div className={styles["stage"]}>{children}</div>
    </DevelopersPage>
  );
}
