/**
 * The connection to the `/test` namespace, shared by the pages that are open. It is one of its own,
 * apart from the connection for records: that one goes when its user signs out, these demos stay.
 */
import { useEffect, useState } from "react";
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";

let socket: Socket | null = null;
let users = 0;

/** The socket of the namespace; connected while a component uses it. */
export function useFeed(): Socket {
  const [feed] = useState(
    () =>
      (socket ??= io("/test", { transports: ["websocket"], autoConnect: false, forceNew: true })),
  );
  useEffect(() => {
    users += 1;
    feed.connect();
    return () => {
      users -= 1;
      if (users === 0) feed.disconnect();
    };
  }, [feed]);
  return feed;
}

/** Calls the listener with each event of this name. */
export function useFeedEvent<T>(event: string, listener: (data: T) => void): void {
  const feed = useFeed();
  useEffect(() => {
    feed.on(event, listener);
    return () => {
      feed.off(event, listener);
    };
  }, [feed, event, listener]);
}
