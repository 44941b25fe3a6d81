/** Signing in and out. */
import type { Realtime, User } from "@spotter/realtime";
import type { Ack } from "@spotter/realtime";
import { clearDrafts } from "../ui/form/drafts";
import { connected } from "../ui/base/connected";
import { storeToken } from "./token";

interface LoginAck extends Ack<User> {
  token?: string;
}

/** For how long a page that nobody is signed in to any more waits for the server to know. */
const GOODBYE = 2_000;

/** Signs in, as soon as there is a connection, and connects anew as that user; a failed ack says what was wrong. */
export async function signIn(
  { connection }: Realtime,
  username: string,
  password: string,
): Promise<Ack<User>> {
  await connected(connection);
  const ack = (await connection.request<User>("login", { username, password })) as LoginAck;
  if (ack.ok && ack.token !== undefined) {
    storeToken({ token: ack.token, account: ack.data?.username ?? null });
    connection.reopen();
  }
  return ack;
}

/** Ends the session here and on the server. What was not sent waits for the same person, or is gone. */
export async function signOut(realtime: Realtime, unsent: "keep" | "discard"): Promise<void> {
  const { connection, outbox } = realtime;
  if (unsent === "discard") {
    outbox.discardAll();
    clearDrafts(connection.account.get());
  }
  // First, so that the end of the session comes as no surprise.
  storeToken(null);
  const late = new Promise((resolve) => setTimeout(resolve, GOODBYE));
  // On a page that is about to be connected, too: else the session would end on this device alone.
  const told = connected(connection).then(() => connection.request("logout"));
  await Promise.race([told, late]);
  connection.reopen();
}
