import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useConnection, useRealtime, useSession } from "@spotter/realtime/react";
import { useCallback, useEffect, useState } from "react";
import { Link } from "wouter";
import { command } from "../ui/base/connected";
import { Empty } from "../ui/base/empty";
import { PlusIcon } from "../ui/base/icons";
import { NotLoaded } from "../ui/base/not-loaded";
import { whyNot } from "../ui/base/why-not";
import { capital } from "../ui/base/locale";
import { ago } from "../ui/base/time";
import { useQuery } from "../ui/list/use-query";
import { recordPath } from "../ui/shell/navigation";
import { Page } from "../ui/shell/page";
import { Forbidden } from "../ui/form/forbidden";
import { AccountDialog } from "./account-dialog";
import { roleName } from "./roles";
import type { Account, Action, Send } from "./account-dialog";
import styles from "./accounts.module.css";
import { NewAccount } from "./new-account";
import { ResetLink } from "./reset-link";
import { texts } from "./texts";

const actions = (): readonly { action: Asked; label: string }[] => [
  { action: "link", label: texts.resetLink },
  { action: "password", label: texts.setPassword },
  { action: "role", label: texts.changeRole },
  { action: "delete", label: texts.delete },
];

type Asked = Action | "link";

/** In place of words: the page says by itself that it is not for everybody. */
const FORBIDDEN = "forbidden";

/** Everybody's accounts: for admins. */
export default function AccountsPage() {
  const realtime = useRealtime();
  const { connection } = realtime;
  const { status } = useConnection();
  const user = useSession()?.user;
  const [accounts, setAccounts] = useState<Account[] | null>(null);
  const [asked, setAsked] = useState<{ account: Account; action: Asked } | null>(null);
  const [sought] = useQuery("of");
  const [isMaking, setMaking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  const load = useCallback(async () => {
    const ack = await connection.request<Account[]>("accounts", {}, {});
    setAccounts(ack.ok ? ack.data : null);
    const code = ack.meta?.code;
    if (code === "unauthorized" || code === "forbidden") setRefused(FORBIDDEN);
    else setRefused(ack.ok || code === "offline" ? null : whyNot(ack));
  }, [connection]);

  useEffect(() => {
    // What comes back is the server's, not derived from anything here.
    // oxlint-disable-next-line react/set-state-in-effect
    if (status === "live") void load();
  }, [status, load]);

  const send: Send = async (event, data, done) => {
    const ack = await command(realtime, event, data);
    // Under one id, so that a second click that was the same request says it no second time.
    if (ack.ok) notifications.show({ id: done, message: done });
    await load();
    return ack;
  };

  return (
    <Page
      title={texts.accounts}
      note={texts.whoCanSignIn}
      actions={
        accounts !== null && (
          <Button leftSection={<PlusIcon />} onClick={() => setMaking(true)}>
            {texts.newAccount}
          </Button>
        )
      }
    >
      {refused === FORBIDDEN && <Forbidden to="manage accounts" />}
      {refused !== null && refused !== FORBIDDEN && (
        <Empty title={texts.notAvailable}>{refused}</Empty>
      )}
      {accounts === null && refused === null && <NotLoaded />}
      {accounts !== null && (
        <>
          <div className={styles["scroll"]}>
            <table className={styles["table"]}>
              <thead>
                <tr>
                  <th scope="col">{texts.username}</th>
                  <th scope="col">{texts.role}</th>
                  <th scope="col">{texts.coach}</th>
                  <th scope="col">{texts.lastSeen}</th>
                  <th scope="col">{texts.actions}</th>
                </tr>
              </thead>
              <tbody>
                {accounts.map((account) => (
                  <tr
                    key={account.username}
                    data-sought={account.username === sought || undefined}
                    ref={account.username === sought ? intoView : undefined}
                  >
                    <th scope="row">{account.username}</th>
                    <td>
                      <span className={styles["label"]}>{texts.role}: </span>
                      {capital(roleName(account.role))}
                    </td>
                    <td>
                      {account.coach !== null && (
                        <>
                          <span className={styles["label"]}>{texts.coach}: </span>
                          <Link href={recordPath("coaches", account.coach.id)}>
                            {account.coach.name}
                          </Link>
                        </>
                      )}
                    </td>
                    <td>
                      <span className={styles["label"]}>{texts.lastSeen}: </span>
                      {account.last_seen === null
                        ? texts.never
                        : ago(new Date(account.last_seen).getTime())}
                    </td>
                    <td>
                      {account.username === user?.username ? (
                        <Link href="/account">{texts.yourAccount}</Link>
                      ) : (
                        actions().map(({ action, label }) => (
                          <Button
                            key={action}
                            variant="subtle"
                            {...(action === "delete" ? { color: "danger" } : {})}
                            aria-label={texts.titleOf(label, account.username)}
                            onClick={() => setAsked({ account, action })}
                          >
                            {label}
                          </Button>
                        ))
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {isMaking && <NewAccount onSend={send} onClose={() => setMaking(false)} />}
          {asked !== null && <Dialog {...asked} onSend={send} onClose={() => setAsked(null)} />}
        </>
      )}
    </Page>
  );
}

function intoView(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: "center" });
}

interface DialogProps {
  account: Account;
  action: Asked;
  onSend: Send;
  onClose: () => void;
}

function Dialog({ account, action, onSend, onClose }: DialogProps) {
  if (action === "link") return <ResetLink account={account} onClose={onClose} />;
  return <AccountDialog {...{ account, action, onSend, onClose }} />;
}
