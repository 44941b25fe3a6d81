import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { useRealtime, useSession } from "../realtime";
import { Avatar } from "../ui/avatar";
import { UserIcon } from "../ui/icons";
import styles from "./accounts.module.css";
import { storedToken, storeToken } from "./token";

/** Who I am, and the way to sign in or out. */
export function AccountMenu() {
  const session = useSession();
  const user = session?.user ?? null;
  useTokenEnd();
  if (session === null) return null;
  return (
    <Link href="/account" className={styles["me"]} aria-label={user ? undefined : "Sign in"}>
      {user ? <Avatar name={user.name} picture={user.picture} size={32} /> : <UserIcon />}
      <span className={styles["who"]}>
        {user ? user.name : "Sign in"}
        {user && <small>{user.role}</small>}
      </span>
    </Link>
  );
}

/** Says so when the server does not know the token any more: a new password, another sign-out. */
function useTokenEnd(): void {
  const { connection } = useRealtime();
  const session = useSession();
  const known = useRef(session);
  useEffect(() => {
    if (known.current === session) return;
    known.current = session;
    if (session === null || session.user !== null || storedToken() === null) return;
    storeToken(null);
    connection.reopen();
    notifications.show({
      autoClose: 10_000,
      message: "You have been signed out. Sign in again to go on: your edits are kept.",
    });
  }, [session, connection]);
}
