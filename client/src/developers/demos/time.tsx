import { useState } from "react";
import { useFeedEvent } from "./feed";
import { Demo } from "./demo";
import styles from "../developers.module.css";
import { texts } from "../texts";

/** The server's clock, a tick a second. */
export function TimePage() {
  const [time, setTime] = useState<string | null>(null);
  useFeedEvent<{ time: string }>("time", (data) => setTime(data.time));
  return (
    <Demo title={texts.currentTime} note={texts.currentTimeNote}>
      <time className={styles["big"]} dateTime={time ?? undefined}>
        {time?.slice(11, 19) ?? "--:--:--"}
      </time>
      <p className="dim">{time?.slice(0, 10) ?? texts.waiting}</p>
    </Demo>
  );
}
