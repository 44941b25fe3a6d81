import { Button, Modal } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Ack } from "@spotter/realtime";
import { useState } from "react";
import { useFocusBack } from "../ui/base/use-focus-back";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword } from "../ui/form/rules";
import { SubmitButton } from "../ui/form/submit-button";
import { notFilledIn, showWrong } from "../ui/form/show-wrong";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";
import { RoleSelect } from "./role-select";
import { roleName, roles } from "./roles";
import { texts } from "./texts";

export interface Account {
  username: string;
  role: string;
  coach: { id: number; name: string } | null;
  last_seen: string | null;
}

export type Action = "role" | "password" | "delete";
export type Send = (event: string, data: object, done: string) => Promise<Ack<unknown>>;

const titleOf = (action: Action) =>
  ({
    role: texts.changeRole,
    password: texts.setPassword,
    delete: texts.deleteAccount,
  })[action];

interface Props {
  account: Account;
  action: Action;
  onSend: Send;
  onClose: () => void;
}

/** Asks what is to become of one account; nothing is done before its button is pressed. */
export function AccountDialog({ account, action, onSend, onClose }: Props) {
  const { username, role, coach } = account;
  useFocusBack();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { role, password: "" },
    validate: { password: action === "password" ? requiredPassword : () => null },
  });
  const chosen = form.values.role;
  const isSame = action === "role" && chosen === role;
  const gains = roles.indexOf(chosen) > roles.indexOf(role);
  const submit = form.onSubmit(async (values, event) => {
    const element = event?.currentTarget;
    if (isSame) return;
    setBusy(true);
    const ack = await (action === "delete"
      ? onSend("delete_account", { username }, texts.isDeleted(username))
      : action === "role"
        ? onSend(
            "set_account",
            { username, role: values.role },
            texts.isNow(username, roleName(chosen)),
          )
        : onSend(
            "set_account",
            { username, password: values.password },
            texts.hasNewPassword(username),
          ));
    setBusy(false);
    if (ack.ok) onClose();
    else
      showWrong(element, () =>
        form.setErrors(refusals(ack, [action === "delete" ? "username" : action])),
      );
  }, notFilledIn);
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.questionOf(titleOf(action), username)}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={submit} noValidate className={styles["unsent"]}>
        {action === "role" && (
          <>
            <RoleSelect {...form.getInputProps("role")} value={form.values.role} />
            {gains && <output>{texts.moreRights(username)}</output>}
          </>
        )}
        {action === "password" && (
          <>
            <PasswordField
              label={texts.newPassword}
              required
              autoComplete="new-password"
              description={texts.passwordHint}
              data-autofocus
              {...form.getInputProps("password")}
            />
            <p>{texts.sessionsEnd(username)}</p>
          </>
        )}
        {action === "delete" && (
          <p>
            {texts.deletes(roleName(role))} {coach !== null && texts.coachStays(coach.name)}{" "}
            {texts.noWayBack}
          </p>
        )}
        {form.errors["username"] !== undefined && <p role="alert">{form.errors["username"]}</p>}
        <div className={styles["ways"]}>
          <SubmitButton
            loading={busy}
            why={isSame ? texts.chooseAnotherRole : null}
            color={action === "delete" ? "danger" : undefined}
          >
            {action === "role" && gains ? texts.giveRightsOf(roleName(chosen)) : titleOf(action)}
          </SubmitButton>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
