import { useState } from "react";
import { useFeedEvent } from "./feed";
import { Demo } from "./demo";
import styles from "../developers.module.css";
import { texts } from "../texts";

const PLATES = [
  { width: 16, height: 150 },
  { width: 14, height: 130 },
  { width: 12, height: 106 },
  { width: 10, height: 80 },
  { width: 8, height: 56 },
];

/** A barbell that is loaded by the number the server pushed last: two plates for each two. */
export function StatePage() {
  const [number, setNumber] = useState<number | null>(null);
  useFeedEvent<{ number: number }>("newnumber", (data) => setNumber(data.number));
  const loaded = PLATES.slice(0, Math.round((number ?? 0) / 2));
  const kilos = 20 + loaded.length * 2 * 10;
  return (
    <Demo title={texts.state} note={texts.stateNote}>
      <svg
        viewBox="-300 -90 600 180"
        className={styles["chart"]}
        // An svg is no img element, whatever it shows.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={texts.barbell(kilos)}
      >
        <rect x="-290" y="-5" width="580" height="10" rx="5" fill="var(--line-strong)" />
        {loaded.map(({ width, height }, at) => {
          const from = 130 + PLATES.slice(0, at).reduce((sum, plate) => sum + plate.width + 5, 0);
          return [from, -from - width].map((x) => (
            <rect
              key={x}
              x={x}
              y={-height / 2}
              width={width}
              height={height}
              rx="4"
              fill="var(--accent)"
            />
          ));
        })}
      </svg>
      <output className={styles["big"]}>{number === null ? "…" : `${kilos} kg`}</output>
    </Demo>
  );
}
