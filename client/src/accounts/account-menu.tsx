import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { useRealtime, useSession } from "../realtime";
import { Avatar } from "../ui/avatar";
import { UserIcon } from "../ui/icons";
import styles from "./accounts.module.css";
import { signOut } from "./session";
import { storedToken, storeToken } from "./token";

/** Who I am, and the way in and out. */
export function AccountMenu() {
  const realtime = useRealtime();
  const session = useSession();
  const user = session?.user ?? null;
  useTokenEnd();
  if (session === null) return null;
  if (user === null) {
    return (
      <Link href="/sign-in" className={styles["enter"]}>
        <UserIcon /> Sign in
      </Link>
    );
  }
  return (
    <div className={styles["me"]}>
      <Avatar name={user.name} picture={user.picture} size={32} />
      <p>
        <strong>{user.name}</strong>
        <span>{user.role}</span>
      </p>
      <button type="button" onClick={() => void signOut(realtime)}>
        Sign out
      </button>
    </div>
  );
}

/** Says so when the server does not know the token any more: a new password, another sign-out. */
function useTokenEnd(): void {
  const session = useSession();
  const known = useRef(session);
  useEffect(() => {
    if (known.current === session) return;
    known.current = session;
    if (session === null || session.user !== null || storedToken() === null) return;
    storeToken(null);
    notifications.show({
      autoClose: 10_000,
      message: "You have been signed out. Sign in again to go on: your edits are kept.",
    });
  }, [session]);
}
