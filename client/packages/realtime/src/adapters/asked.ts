/** Requests that wait for a connection, and for who may read. */
import { until } from "../base/until.js";
import type { Ack } from "../protocol/messages.js";
import type { Realtime } from "../realtime.js";
import { mayRead } from "../socket/connection-state.js";
import { Refused } from "./confirmed.js";

const unauthorized: Ack = {
  ok: false,
  data: null,
  errors: { errors: "Sign in to see this." },
  meta: { code: "unauthorized" },
};

/** Throws `Refused` where nobody who may read is signed in. */
export function expectReader({ connection }: Realtime): void {
  const session = connection.session.get();
  if (session && !mayRead(session.user, session.access)) throw new Refused(unauthorized);
}

/** The answer to a request; asks again as long as connections break. Throws `Refused`. */
export async function asked<D>(
  realtime: Realtime,
  event: string,
  data: object,
): Promise<Ack<D> & { data: D }> {
  const { connection } = realtime;
  for (;;) {
    await until(connection.status, ({ status }) => status === "live" || undefined);
    expectReader(realtime);
    const ack = await connection.request<D>(event, data, {});
    if (ack.ok) return ack as Ack<D> & { data: D };
    if (ack.meta?.code !== "offline") throw new Refused(ack);
    // It may have been the answer alone that was late: the next connection has it.
    if (connection.status.get().status === "live") await connection.status.next();
  }
}
