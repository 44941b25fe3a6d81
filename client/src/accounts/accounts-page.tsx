import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { reason, useConnection, useRealtime, useSession } from "@spotter/realtime";
import { useCallback, useEffect, useState } from "react";
import { Empty } from "../ui/base/empty";
import { ago } from "../ui/base/time";
import { Page } from "../ui/shell/page";
import { AccountDialog } from "./account-dialog";
import type { Account, Action, Send } from "./account-dialog";
import styles from "./accounts.module.css";
import { NewAccount } from "./new-account";

const actions: readonly { action: Action; label: string }[] = [
  { action: "password", label: "Set password" },
  { action: "role", label: "Change role" },
  { action: "delete", label: "Delete" },
];

/** Everybody's accounts: for admins. */
export default function AccountsPage() {
  const { connection, commands } = useRealtime();
  const { status } = useConnection();
  const user = useSession()?.user;
  const [accounts, setAccounts] = useState<Account[] | null>(null);
  const [asked, setAsked] = useState<{ account: Account; action: Action } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  const load = useCallback(async () => {
    const ack = await connection.request<Account[]>("accounts", {}, {});
    setAccounts(ack.ok ? ack.data : null);
    setRefused(ack.ok || ack.meta?.code === "offline" ? null : reason(ack.errors));
  }, [connection]);

  useEffect(() => {
    // What comes back is the server's, not derived from anything here.
    // oxlint-disable-next-line react/set-state-in-effect
    if (status === "live") void load();
  }, [status, load]);

  const send: Send = async (event, data, done) => {
    const ack = await commands.send(event, data);
    // Under one id, so that a second click that was the same request says it no second time.
    if (ack.ok) notifications.show({ id: done, message: done });
    await load();
    return ack;
  };

  return (
    <Page title="Accounts" note="Who can sign in, and what they may do">
      {refused !== null && <Empty title="Not available">{refused}</Empty>}
      {accounts !== null && (
        <>
          <div className={styles["scroll"]}>
            <table className={styles["table"]}>
              <thead>
                <tr>
                  <th scope="col">Username</th>
                  <th scope="col">Role</th>
                  <th scope="col">Coach</th>
                  <th scope="col">Last seen</th>
                  <th scope="col">
                    <span className="dim">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {accounts.map((account) => (
                  <tr key={account.username}>
                    <th scope="row">{account.username}</th>
                    <td>{account.role}</td>
                    <td>{account.coach?.name ?? ""}</td>
                    <td>
                      {account.last_seen === null
                        ? "Never"
                        : ago(new Date(account.last_seen).getTime())}
                    </td>
                    <td>
                      {actions.map(({ action, label }) => (
                        <Button
                          key={action}
                          variant="subtle"
                          {...(action === "delete" ? { color: "danger" } : {})}
                          aria-label={`${label}: ${account.username}`}
                          disabled={account.username === user?.username}
                          onClick={() => setAsked({ account, action })}
                        >
                          {label}
                        </Button>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <NewAccount onSend={send} />
          {asked !== null && (
            <AccountDialog {...asked} onSend={send} onClose={() => setAsked(null)} />
          )}
        </>
      )}
    </Page>
  );
}
