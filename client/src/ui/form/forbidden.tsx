import { Button } from "@mantine/core";
import { useSession } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { Link } from "wouter";
import { roleName } from "../../accounts/roles";
import { Empty } from "../base/empty";
import { listPaths } from "../shell/navigation";
import { things } from "../shell/things";
import styles from "./forbidden.module.css";
import { texts } from "./texts";

interface Props {
  /** Of what it would be: all of these can be looked at. */
  channel?: Channel;
  /** Whether no other role than an admin's would do. */
  admins?: boolean;
}

/** Instead of a form for somebody who may not use it: what is so, and the way on. */
export function Forbidden({ channel = "schedules", admins = false }: Props) {
  const user = useSession()?.user ?? null;
  const who = user && texts.youAre(user.username, roleName(user.role));
  return (
    <Empty title={user ? (admins ? texts.adminsOnly : texts.notAllowed) : texts.signInFirst}>
      {who ?? (admins ? texts.adminsCan : texts.lookingIsFree)} {user && texts.askAnAdmin}
      <div className={styles["ways"]}>
        <Button component={Link} href="/account">
          {user ? texts.signInAsAnother : texts.signIn}
        </Button>
        <Link href={listPaths[channel]}>{things.seeAll(channel)}</Link>
      </div>
    </Empty>
  );
}
