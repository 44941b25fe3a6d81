import { Button, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useState } from "react";
import { reason, useChannel, useConnection, useRealtime, useSession } from "../realtime";
import { Empty } from "../ui/empty";
import { optionalPassword, text } from "../ui/form/rules";
import { Page } from "../ui/page";
import { ago } from "../ui/time";
import styles from "./accounts.module.css";

interface Account {
  username: string;
  role: string;
  coach: { id: number; name: string } | null;
  last_seen: string | null;
}

const roles = ["viewer", "coach", "admin"];

/** Everybody's accounts: for admins. */
export default function AccountsPage() {
  const { connection } = useRealtime();
  const { status } = useConnection();
  const user = useSession()?.user;
  const [accounts, setAccounts] = useState<Account[] | null>(null);
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

  const send = async (event: string, data: object, done: string) => {
    const ack = await connection.request(event, data, {});
    notifications.show(ack.ok ? { message: done } : { color: "red", message: reason(ack.errors) });
    await load();
    return ack.ok;
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
                {accounts.map(({ username, role, coach, last_seen: seen }) => (
                  <tr key={username}>
                    <th scope="row">{username}</th>
                    <td>
                      <NativeSelect
                        aria-label={`Role of ${username}`}
                        data={roles}
                        value={role}
                        disabled={username === user?.username}
                        onChange={({ currentTarget: { value } }) =>
                          void send(
                            "set_account",
                            { username, role: value },
                            `${username} is now ${value}`,
                          )
                        }
                      />
                    </td>
                    <td>{coach?.name ?? ""}</td>
                    <td>{seen === null ? "Never" : ago(new Date(seen).getTime())}</td>
                    <td>
                      <Button
                        variant="subtle"
                        color="danger"
                        aria-label={`Delete the account ${username}`}
                        disabled={username === user?.username}
                        onClick={() =>
                          void send("delete_account", { username }, `${username} is deleted`)
                        }
                      >
                        Delete
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <NewAccount
            onSubmit={(data) => send("set_account", data, `${data.username} can sign in`)}
          />
        </>
      )}
    </Page>
  );
}

interface NewAccountData {
  username: string;
  password: string;
  role: string;
  coach_id?: number;
}

function NewAccount({ onSubmit }: { onSubmit: (data: NewAccountData) => Promise<boolean> }) {
  const coaches = useChannel("coaches") ?? [];
  const form = useForm({
    initialValues: { username: "", password: "", role: "viewer", coach: "" },
    validateInputOnChange: true,
    validate: {
      username: text(2, 40),
      password: (value) => (value === "" ? "Please fill this in." : optionalPassword(value)),
    },
  });
  const submit = form.onSubmit(async ({ coach, ...values }) => {
    const data = { ...values, ...(coach === "" ? {} : { coach_id: Number(coach) }) };
    if (await onSubmit(data)) form.reset();
  });
  return (
    <form onSubmit={submit} noValidate className={styles["new"]}>
      <h2>New account, or a new password</h2>
      <div className={styles["fields"]}>
        <TextInput label="Username" autoComplete="off" {...form.getInputProps("username")} />
        <PasswordInput
          label="Password"
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <NativeSelect label="Role" data={roles} {...form.getInputProps("role")} />
        <NativeSelect
          label="Coach"
          data={[
            { value: "", label: "None" },
            ...coaches.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          {...form.getInputProps("coach")}
        />
      </div>
      <Button type="submit">Save account</Button>
    </form>
  );
}
