import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useGymName } from "../base/gym-name";
import { PaperHeading } from "../base/paper-heading";
import styles from "./page.module.css";

interface Props {
  title: string;
  /** A line beside or under the title. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: its title, what one can do here, its content. */
export function Page({ title, note, actions, children }: Props) {
  useDocumentTitle(`${title} · ${useGymName()}`);
  return (
    <main id="main" className={styles["page"]} tabIndex={-1}>
      <PaperHeading />
      <header className={styles["header"]}>
        <div>
          <h1>{title}</h1>
          {note !== undefined && <p className={styles["note"]}>{note}</p>}
        </div>
        {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
