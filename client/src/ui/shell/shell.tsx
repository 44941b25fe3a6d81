import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useGymName } from "../base/gym-name";
import { Blocked } from "./blocked";
import { ConnectionIndicator } from "./connection";
import { PresenceBar } from "./presence-bar";
import { RailOpener } from "./rail-opener";
import styles from "./shell.module.css";
import { texts } from "./texts";
import { useRail } from "./use-rail";

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

/** As many letters of a name fit at its full size. */
const SHORT = 10;

/** What surrounds every page: a rail at the left, or bars above and below on a phone. */
export function Shell({ places, tools, children }: Props) {
  const [location] = useLocation();
  const gymName = useGymName();
  const { opened, ref, toggle } = useRail();
  const within = (path: string) =>
    path === "/" ? /^\/(?:$|classes|days)/.test(location) : location.startsWith(path);
  return (
    <div className={styles["shell"]}>
      <a href="#main" className="skip">
        {texts.skip}
      </a>
      <nav
        ref={ref}
        aria-label={texts.main}
        className={styles["rail"]}
        data-opened={opened || undefined}
      >
        <Link href="/" className={styles["brand"]} data-long={gymName.length > SHORT || undefined}>
          <Mark />
          <bdi className={styles["name"]} title={gymName}>
            {gymName}
          </bdi>
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
          <RailOpener opened={opened} onToggle={toggle} />
        </div>
      </nav>
      <div className={styles["content"]}>
        <Blocked />
        {children}
      </div>
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
