import { Button, Modal, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { CoachSelect } from "../resources/coaches/select";
import { useFocusBack } from "../ui/base/use-focus-back";
import { useOnTop } from "../ui/form/layers";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword, text } from "../ui/form/rules";
import { RoleSelect } from "./role-select";
import { notFilledIn, showWrong } from "../ui/form/show-wrong";
import type { Send } from "./account-dialog";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";
import { texts } from "./texts";

interface Props {
  onSend: Send;
  onClose: () => void;
}

/** Where admins make an account. */
export function NewAccount({ onSend, onClose }: Props) {
  useFocusBack();
  const onTop = useOnTop();
  const form = useForm({
    initialValues: { username: "", password: "", role: "viewer", coach_id: null as number | null },
    validate: { username: text(2, 40), password: requiredPassword },
  });
  const submit = form.onSubmit(async ({ coach_id: coach, ...values }, event) => {
    const element = event?.currentTarget;
    const data = { ...values, ...(coach === null ? {} : { coach_id: coach }) };
    const ack = await onSend("new_account", data, texts.canSignIn(values.username));
    if (ack.ok) onClose();
    else
      showWrong(element, () =>
        form.setErrors(refusals(ack, ["username", "password", "role", "coach_id"])),
      );
  }, notFilledIn);
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnEscape={onTop}
      title={texts.newAccount}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <form onSubmit={submit} noValidate className={styles["unsent"]}>
        <TextInput
          label={texts.username}
          required
          autoComplete="off"
          autoCapitalize="none"
          data-autofocus
          {...form.getInputProps("username")}
        />
        <PasswordField
          label={texts.password}
          required
          autoComplete="new-password"
          description={texts.passwordHint}
          {...form.getInputProps("password")}
        />
        <RoleSelect {...form.getInputProps("role")} value={form.values.role} />
        <CoachSelect
          label={texts.coach}
          placeholder={texts.none}
          description={texts.ifCoach}
          clearable
          {...form.getInputProps("coach_id")}
          value={form.values.coach_id}
          onChange={(coach) => form.setFieldValue("coach_id", coach?.id ?? null)}
        />
        <div className={styles["ways"]}>
          <Button type="submit" loading={form.submitting}>
            {texts.makeAccount}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
