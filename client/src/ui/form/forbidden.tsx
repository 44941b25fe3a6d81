import { Button } from "@mantine/core";
import { useSession } from "@spotter/realtime/react";
import type { Channel } from "@spotter/realtime";
import { Link } from "wouter";
import { writers } from "../../accounts/can";
import { roleName } from "../../accounts/roles";
import { Empty } from "../base/empty";
import { inList } from "../base/locale";
import { listPaths } from "../shell/navigation";
import { things } from "../shell/things";
import styles from "./forbidden.module.css";
import { texts } from "./texts";

interface Props {
  /** What is not allowed. */
  to: "add" | "change" | "import" | "manage accounts";
  /** Of what. */
  channel?: Channel;
}

/** Instead of a form for somebody who may not use it: who may, and the way on. */
export function Forbidden({ to, channel = "schedules" }: Props) {
  const user = useSession()?.user ?? null;
  const only = whoMay(to, channel);
  const list = listPaths[channel];
  return (
    <Empty title={user ? only : texts.signInFirst}>
      {user
        ? `${texts.youAre(user.username, roleName(user.role))} ${texts.askAnAdmin}`
        : `${only}.`}
      <div className={styles["ways"]}>
        <Button component={Link} href="/account">
          {user ? texts.yourAccount : texts.signIn}
        </Button>
        <Link href={list}>{list === "/" ? texts.toTimetable : things.seeAll(channel)}</Link>
      </div>
    </Empty>
  );
}

/** "Only coaches and admins can add classes" */
function whoMay(to: Props["to"], channel: Channel): string {
  // Coaches change their own profile alone.
  if (to === "change" && channel === "coaches") return texts.theyChangeProfiles;
  const isForAdmins = to === "manage accounts" || channel === "coaches";
  const roles = [...(isForAdmins ? [] : writers(channel)), "admin"];
  const who = inList(roles.map((role) => texts.allOf[role] ?? roleName(role)));
  switch (to) {
    case "add":
      return texts.theyAdd(who, things.many(channel));
    case "change":
      return texts.theyChange(who, things.many(channel));
    case "import":
      return texts.theyImport(who);
    case "manage accounts":
      return texts.theyManageAccounts(who);
  }
}
