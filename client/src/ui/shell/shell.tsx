import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { ConnectionIndicator } from "./connection";
import { PresenceBar } from "./presence-bar";
import styles from "./shell.module.css";

export interface Place {
  path: string;
  label: string;
  icon: ReactNode;
}

interface Props {
  places: readonly Place[];
  /** At the foot of the rail, and at the right of the bar on a phone. */
  tools: ReactNode;
  children: ReactNode;
}

/** What surrounds every page: a rail at the left, or bars above and below on a phone. */
export function Shell({ places, tools, children }: Props) {
  const [location] = useLocation();
  const within = (path: string) =>
    path === "/" ? location === "/" || location.startsWith("/classes") : location.startsWith(path);
  return (
    <div className={styles["shell"]}>
      <a href="#main" className="skip">
        Skip to the content
      </a>
      <nav aria-label="Main" className={styles["rail"]}>
        <Link href="/" className={styles["brand"]}>
          <Mark />
          Spotter
        </Link>
        <div className={styles["nav"]}>
          {places.map(({ path, label, icon }) => (
            <Link key={path} href={path} aria-current={within(path) ? "page" : undefined}>
              {icon}
              <span>{label}</span>
            </Link>
          ))}
        </div>
        <div className={styles["tools"]}>
          <div className={styles["state"]}>
            <ConnectionIndicator />
            <PresenceBar />
          </div>
          {tools}
        </div>
      </nav>
      <div className={styles["content"]}>{children}</div>
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <path
        d="M5 13v6M9 10v12M9 16h14M23 10v12M27 13v6"
        stroke="var(--volt)"
        strokeWidth="3.500"
        strokeLinecap="round"
      />
    </svg>
  );
}
