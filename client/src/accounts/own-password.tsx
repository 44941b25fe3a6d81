import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useRealtime } from "@spotter/realtime/react";
import { useState } from "react";
import { command } from "../ui/base/connected";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword } from "../ui/form/rules";
import { notFilledIn, showWrong } from "../ui/form/show-wrong";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";
import { texts } from "./texts";

/** Where one chooses another password of one's own. */
export function OwnPassword() {
  const realtime = useRealtime();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { password: "", new_password: "" },
    validate: {
      password: (value) => (value === "" ? texts.fillIn : null),
      new_password: requiredPassword,
    },
  });
  const submit = form.onSubmit(async (values, event) => {
    const element = event?.currentTarget;
    setBusy(true);
    const ack = await command(realtime, "set_password", values);
    setBusy(false);
    if (!ack.ok) {
      showWrong(element, () => form.setErrors(refusals(ack, ["password", "new_password"])));
      return;
    }
    form.reset();
    notifications.show({ message: texts.passwordIsChanged });
  }, notFilledIn);
  return (
    <form
      onSubmit={submit}
      noValidate
      className={styles["sign-in"]}
      aria-label={texts.changePassword}
    >
      <h2>{texts.changePassword}</h2>
      <PasswordField
        label={texts.currentPassword}
        required
        withAsterisk={false}
        autoComplete="current-password"
        {...form.getInputProps("password")}
      />
      <PasswordField
        label={texts.newPassword}
        required
        withAsterisk={false}
        autoComplete="new-password"
        description={texts.passwordHint}
        {...form.getInputProps("new_password")}
      />
      <Button type="submit" loading={busy}>
        {texts.changePassword}
      </Button>
    </form>
  );
}
