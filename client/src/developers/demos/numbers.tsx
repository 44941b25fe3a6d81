import { useState } from "react";
import { useFeedEvent } from "./feed";
import { Demo } from "./demo";
import styles from "../developers.module.css";
import { texts } from "../texts";

const KEPT = 10;
const WIDTH = 600;
const HEIGHT = 200;
const PAD = 10;

/** The last random numbers of the server, as a list and a line. Rests while nobody sees it. */
export function NumbersPage() {
  const [numbers, setNumbers] = useState<readonly number[]>([]);
  useFeedEvent<{ number: number }>("newnumber", ({ number }) => {
    if (!document.hidden) setNumbers((before) => [...before, number].slice(-KEPT));
  });
  const points = numbers.map((number, at) => ({
    x: PAD + (at * (WIDTH - 2 * PAD)) / (KEPT - 1),
    y: HEIGHT - PAD - (number / 10) * (HEIGHT - 2 * PAD),
  }));
  const last = points.at(-1);
  return (
    <Demo title={texts.randomNumbers} note={texts.randomNumbersNote}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className={styles["chart"]}
        // An svg is no img element, whatever it shows.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={texts.numbersAsLine(numbers.length)}
      >
        {[0, 5, 10].map((value) => {
          const y = HEIGHT - PAD - (value / 10) * (HEIGHT - 2 * PAD);
          return <line key={value} x1="0" x2={WIDTH} y1={y} y2={y} stroke="var(--line)" />;
        })}
        <polyline
          points={points.map(({ x, y }) => `${x},${y}`).join(" ")}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="3"
          strokeLinejoin="round"
        />
        {last && <circle cx={last.x} cy={last.y} r="6" fill="var(--accent)" />}
      </svg>
      <ol className={styles["numbers"]} aria-label={texts.lastNumbers}>
        {numbers.toReversed().map((number, at) => (
          // Equal numbers may follow each other, so only their places tell them apart.
          // oxlint-disable-next-line no-array-index-key
          <li key={at}>{number.toFixed(3)}</li>
        ))}
      </ol>
    </Demo>
  );
}
