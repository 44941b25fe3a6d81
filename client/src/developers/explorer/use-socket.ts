import { useEffect, useMemo, useState } from "react";
import { Manager } from "socket.io-client";
import type { Socket } from "socket.io-client";
import { storedToken } from "../../accounts/token";
import { added } from "./log";
import type { Line } from "./log";

/**
 * A connection of this page's own, with the rights of who is signed in: what is tried here does not
 * disturb the app. It is a plain client, which is sent whole lists.
 */
export function useSocket(namespace: string) {
  const [manager] = useState(() => new Manager({ transports: ["websocket"], autoConnect: false }));
  const [log, setLog] = useState<readonly Line[]>([]);
  const [connected, setConnected] = useState(false);
  const socket = useMemo(
    () => manager.socket(namespace, { auth: { token: storedToken()?.token } }),
    [manager, namespace],
  );

  useEffect(() => {
    const listen = (event: string, payload: unknown) =>
      setLog((before) => added(before, { namespace, event, payload }));
    socket.onAny(listen);
    socket.on("connect", () => setConnected(true));
    socket.on("disconnect", () => setConnected(false));
    socket.connect();
    return () => {
      socket.off();
      socket.offAny();
      socket.disconnect();
      setConnected(false);
    };
  }, [socket, namespace]);

  return { socket, connected, log, clear: () => setLog([]) };
}

export interface Answer {
  /** Undefined if none came in time. */
  ack: unknown;
  /** How long it took, in milliseconds. */
  took: number;
}

/** For how long an answer is waited for. */
const PATIENCE = 15_000;

export async function emit(
  socket: Socket,
  event: string,
  args: readonly unknown[],
): Promise<Answer> {
  const began = performance.now();
  const ack: unknown = await socket
    .timeout(PATIENCE)
    .emitWithAck(event, ...args)
    .catch(() => undefined);
  return { ack, took: performance.now() - began };
}
