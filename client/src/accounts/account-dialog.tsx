import { Button, Modal, NativeSelect } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Ack } from "@spotter/realtime";
import { useState } from "react";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword } from "../ui/form/rules";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";

export interface Account {
  username: string;
  role: string;
  coach: { id: number; name: string } | null;
  last_seen: string | null;
}

export const roles = ["viewer", "coach", "admin"];

const mayDo: Readonly<Record<string, string>> = {
  admin: "may change everything, accounts too",
  coach: "may change classes, plans and moves",
  viewer: "may look at everything",
};

export type Action = "role" | "password" | "delete";
export type Send = (event: string, data: object, done: string) => Promise<Ack<unknown>>;

const titles: Record<Action, string> = {
  role: "Change role",
  password: "Set password",
  delete: "Delete account",
};

interface Props {
  account: Account;
  action: Action;
  onSend: Send;
  onClose: () => void;
}

/** Asks what is to become of one account; nothing is done before its button is pressed. */
export function AccountDialog({ account, action, onSend, onClose }: Props) {
  const { username, role, coach } = account;
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { role, password: "" },
    validate: { password: action === "password" ? requiredPassword : () => null },
  });
  const chosen = form.values.role;
  const gains = roles.indexOf(chosen) > roles.indexOf(role);
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    const ack = await (action === "delete"
      ? onSend("delete_account", { username }, `${username} is deleted`)
      : action === "role"
        ? onSend("set_account", { username, role: values.role }, `${username} is now ${chosen}`)
        : onSend(
            "set_account",
            { username, password: values.password },
            `${username} has a new password`,
          ));
    setBusy(false);
    if (ack.ok) onClose();
    else form.setErrors(refusals(ack, [action === "delete" ? "username" : action]));
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${titles[action]}: ${username}`}
      classNames={{ title: styles["question"] ?? "" }}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit} noValidate className={styles["unsent"]}>
        {action === "role" && (
          <>
            <NativeSelect label="Role" data={roles} {...form.getInputProps("role")} />
            {gains && (
              <output>
                This gives more rights: {username} {mayDo[chosen]}.
              </output>
            )}
          </>
        )}
        {action === "password" && (
          <>
            <PasswordField
              label="New password"
              autoComplete="new-password"
              data-autofocus
              {...form.getInputProps("password")}
            />
            <p>
              All sessions of {username} end. The role stays {role}.
            </p>
          </>
        )}
        {action === "delete" && (
          <p>
            The username, the password and the role ({role}) go, and all sessions end.
            {coach !== null && ` The coach ${coach.name} stays, without an account.`} This cannot be
            undone.
          </p>
        )}
        {form.errors["username"] !== undefined && <p role="alert">{form.errors["username"]}</p>}
        <div className={styles["ways"]}>
          <Button
            type="submit"
            loading={busy}
            disabled={action === "role" && chosen === role}
            {...(action === "delete" ? { color: "danger" } : {})}
          >
            {action === "role" && gains ? `Give the rights of ${chosen}` : titles[action]}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
