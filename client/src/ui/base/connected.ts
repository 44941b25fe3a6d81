import type { Ack, Realtime } from "@spotter/realtime";

/**
 * Resolves once there is a connection, or has been none for so long that the page says so. Who is quick has filled in
 * a form before the page is connected: that is no reason to refuse it.
 */
export function connected({ status }: Realtime["connection"]): Promise<void> {
  const isKnown = () => ["live", "offline"].includes(status.get().status);
  if (isKnown()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = status.subscribe(() => {
      if (!isKnown()) return;
      stop();
      resolve();
    });
  });
}

/** Sends a command as soon as there is a connection; without one it is answered that there is none. */
export async function command<D>(
  { connection, commands }: Realtime,
  event: string,
  data: object,
): Promise<Ack<D>> {
  await connected(connection);
  return commands.send<D>(event, data);
}
