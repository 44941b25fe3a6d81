import { useState } from "react";
import { useFeedEvent } from "./feed";
import { LivePage } from "./live-page";
import styles from "./live.module.css";

/** The server's clock, a tick a second. */
export default function TimePage() {
  const [time, setTime] = useState<string | null>(null);
  useFeedEvent<{ time: string }>("time", (data) => setTime(data.time));
  return (
    <LivePage title="Current time" note="The clock of the server, pushed every second.">
      <time className={styles["big"]} dateTime={time ?? undefined}>
        {time?.slice(11, 19) ?? "--:--:--"}
      </time>
      <p className="dim">{time?.slice(0, 10) ?? "Waiting for the server"}</p>
    </LivePage>
  );
}
