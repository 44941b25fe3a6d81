import { notifications } from "@mantine/notifications";
import { useAccount, useRealtime, useSession } from "@spotter/realtime/react";
import { useEffect, useRef } from "react";
import { renameDrafts } from "../ui/form/drafts";
import { onOtherSignIn, storedToken, storeToken } from "./token";
import { texts } from "./texts";

/**
 * Whose page this is: a username, or null for nobody. It follows who signs in and out on other pages
 * of this browser, and the server, for which a token may end: a new password, another sign-out.
 */
export function useSignedIn(): string | null {
  const { connection, outbox } = useRealtime();
  const session = useSession();
  const account = useAccount();
  const shown = useRef(account);

  useEffect(() => onOtherSignIn(() => connection.reopen()), [connection]);

  // What one person was told is not left on the screen for the next.
  useEffect(() => {
    if (shown.current !== account) notifications.clean();
    shown.current = account;
  }, [account]);

  useEffect(() => {
    const stored = storedToken();
    const isTold = session !== null && connection.status.get().status === "live";
    if (!isTold || stored === null || stored.token !== connection.presented?.token) return;
    const username = session.user?.username;
    if (username !== undefined) {
      if (username === stored.account) return;
      storeToken({ ...stored, account: username });
      // The same token under another name: an admin has changed it.
      if (stored.account === null) return;
      outbox.rename(stored.account, username);
      renameDrafts(stored.account, username);
      return;
    }
    storeToken(null);
    connection.reopen();
    notifications.show({
      autoClose: 10_000,
      message: texts.signedOut,
    });
  }, [session, connection, outbox]);

  return account;
}
