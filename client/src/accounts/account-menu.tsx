import { useSession } from "@spotter/realtime/react";
import { Link } from "wouter";
import { Avatar } from "../ui/base/avatar";
import { UserIcon } from "../ui/base/icons";
import { roleName } from "./roles";
import styles from "./accounts.module.css";
import { texts } from "./texts";

/** Who I am, and the way to sign in or out. */
export function AccountMenu() {
  const session = useSession();
  const user = session?.user ?? null;
  if (session === null) return null;
  return (
    <Link href="/account" className={styles["me"]}>
      {user ? <Avatar name={user.name} picture={user.picture} size={32} /> : <UserIcon />}
      <span className={styles["who"]}>
        {user ? user.name : texts.signIn}{" "}
        {user && <small>{texts.hasRole(roleName(user.role))}</small>}
      </span>
    </Link>
  );
}
