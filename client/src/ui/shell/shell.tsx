import type { ReactNode } from "react";
import { Link } from "wouter";
import { useGymName } from "../base/gym-name";
import { Blocked } from "./blocked";
import { ConnectionIndicator } from "./connection";
import { PresenceBar } from "./presence-bar";
import { RailOpener } from "./rail-opener";
import { RailPlaces } from "./rail-places";
import type { Place } from "./rail-places";
import styles from "./shell.module.css";
import { texts } from "./texts";
import { useCloseOnTurn } from "./use-close-on-turn";
import { useRail } from "./use-rail";

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
  useCloseOnTurn();
  const gymName = useGymName();
  const { opened, ref, toggle } = useRail();
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
        <RailPlaces places={places} />
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
        <Blocked>{children}</Blocked>
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
