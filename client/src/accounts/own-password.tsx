import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useRealtime } from "@spotter/realtime";
import { useState } from "react";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword } from "../ui/form/rules";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";

/** Where one chooses another password of one's own. */
export function OwnPassword() {
  const { commands } = useRealtime();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { password: "", new_password: "" },
    validate: {
      password: (value) => (value === "" ? "Please fill this in." : null),
      new_password: requiredPassword,
    },
  });
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    const ack = await commands.send("set_password", values);
    setBusy(false);
    if (!ack.ok) {
      form.setErrors(refusals(ack, ["password", "new_password"]));
      return;
    }
    form.reset();
    notifications.show({ message: "Your password is changed. Other sessions have ended." });
  });
  return (
    <form onSubmit={submit} noValidate className={styles["sign-in"]} aria-label="Change password">
      <h2>Change password</h2>
      <PasswordField
        label="Password so far"
        autoComplete="current-password"
        {...form.getInputProps("password")}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        {...form.getInputProps("new_password")}
      />
      <Button type="submit" loading={busy}>
        Change password
      </Button>
    </form>
  );
}
