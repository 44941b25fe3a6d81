import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Page } from "../ui/shell/page";
import styles from "./live.module.css";

const pages = [
  { path: "/live/time", label: "Current time" },
  { path: "/live/uuid", label: "Random UUID" },
  { path: "/live/hex", label: "Random HEX" },
  { path: "/live/numbers", label: "Random numbers" },
  { path: "/live/state", label: "State" },
];

interface Props {
  title: string;
  note: string;
  children: ReactNode;
}

/** A demo of something that the server pushes, with the way to the others at its side. */
export function LivePage({ title, note, children }: Props) {
  const [location] = useLocation();
  return (
    <Page title={title} note={note}>
      <div className={styles["layout"]}>
        <nav aria-label="Live pages" className={styles["side"]}>
          {pages.map(({ path, label }) => (
            <Link key={path} href={path} aria-current={location === path ? "page" : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles["stage"]}>{children}</div>
      </div>
    </Page>
  );
}
