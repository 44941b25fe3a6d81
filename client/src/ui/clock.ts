/** The server's clock, so that all screens of a gym agree on what is now. */
import { io } from "socket.io-client";

/** One look an hour is enough: clocks drift by less than a second in that time. */
const LOOK_EVERY = 3_600_000;

let offset = 0;
let started = false;

/** The time of the server as a local date: its wall clock, not this device's. */
export function serverDate(): Date {
  return new Date(Date.now() + offset);
}

/** Looks at the server's clock now and from time to time. Without an answer, this device's counts. */
export function followServerClock(): void {
  if (started) return;
  started = true;
  look();
  setInterval(look, LOOK_EVERY);
}

function look(): void {
  const socket = io("/test", { transports: ["websocket"], forceNew: true });
  socket.once("time", ({ time }: { time: string }) => {
    const there = Date.parse(time.replace(" ", "T").slice(0, 23));
    if (!Number.isNaN(there)) offset = there - Date.now();
    socket.disconnect();
  });
}
