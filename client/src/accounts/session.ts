/** Signing in and out. */
import type { Realtime, User } from "../realtime";
import type { Ack } from "../realtime";
import { storeToken } from "./token";

interface LoginAck extends Ack<User> {
  token?: string;
}

/** Signs in and connects anew as that user; a failed ack says what was wrong. */
export async function signIn(
  { connection }: Realtime,
  username: string,
  password: string,
): Promise<Ack<User>> {
  const ack = (await connection.request<User>("login", { username, password })) as LoginAck;
  if (ack.ok && ack.token !== undefined) {
    storeToken(ack.token);
    connection.reopen();
  }
  return ack;
}

/** Ends the session here and on the server. */
export async function signOut({ connection }: Realtime): Promise<void> {
  // First, so that the end of the session comes as no surprise.
  storeToken(null);
  await connection.request("logout");
  connection.reopen();
}
