import { useSession } from "@spotter/realtime";
import { Link } from "wouter";
import { Avatar } from "../ui/base/avatar";
import { Page } from "../ui/shell/page";
import styles from "./accounts.module.css";
import { OwnPassword } from "./own-password";
import { SignIn } from "./sign-in";
import { SignOut } from "./sign-out";

const mayDo: Readonly<Record<string, string>> = {
  admin: "You may change everything.",
  coach: "You may change classes, plans and moves, and your own profile.",
  viewer: "You may look at everything.",
};

/** Who I am; or, for somebody unknown, the way in. */
export default function AccountPage() {
  const user = useSession()?.user;
  if (!user) return <SignIn />;
  return (
    <Page title={user.name} note={`Signed in as ${user.username}, ${user.role}`}>
      <div className={styles["account"]}>
        <Avatar name={user.name} picture={user.picture} size={96} />
        <p>{mayDo[user.role]}</p>
        {user.id !== null && (
          <p>
            <Link href={`/coaches/${user.id}`}>My profile</Link>{" "}
            <Link href="/?mine=1">My classes</Link>
          </p>
        )}
        {user.role === "admin" && <Link href="/accounts">Everybody's accounts</Link>}
        <SignOut />
        <OwnPassword />
      </div>
    </Page>
  );
}
