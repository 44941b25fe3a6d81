import { useSession } from "@spotter/realtime/react";
import { Link } from "wouter";
import { CalendarButton } from "../calendar/calendar-button";
import { Avatar } from "../ui/base/avatar";
import { Page } from "../ui/shell/page";
import styles from "./accounts.module.css";
import { OwnPassword } from "./own-password";
import { SignIn } from "./sign-in";
import { SignOut } from "./sign-out";
import { texts } from "./texts";

/** Who I am; or, for somebody unknown, the way in. */
export default function AccountPage() {
  const user = useSession()?.user;
  if (!user) return <SignIn />;
  return (
    <Page title={texts.yourAccount} note={texts.signedInAs(user.username, user.name)}>
      <div className={styles["account"]}>
        <Avatar name={user.name} picture={user.picture} size={96} />
        <p>{texts.youMay[user.role]}</p>
        {user.id !== null && (
          <p>
            <Link href={`/coaches/${user.id}`}>{texts.myProfile}</Link>{" "}
            <Link href="/?mine=1">{texts.myClasses}</Link>
          </p>
        )}
        {user.role === "admin" && <Link href="/accounts">{texts.everybodysAccounts}</Link>}
        <div className={styles["ways"]}>
          <CalendarButton />
          <SignOut />
        </div>
        <OwnPassword />
        <Link href="/developers">{texts.forDevelopers}</Link>
      </div>
    </Page>
  );
}
