import { useSession } from "@spotter/realtime";
import { Link } from "wouter";
import { Avatar } from "../ui/base/avatar";
import { UserIcon } from "../ui/base/icons";
import styles from "./accounts.module.css";

/** Who I am, and the way to sign in or out. */
export function AccountMenu() {
  const session = useSession();
  const user = session?.user ?? null;
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
