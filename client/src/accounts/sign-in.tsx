import { Alert, Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { reason, useRealtime, useSession } from "@spotter/realtime";
import { useState } from "react";
import { WarningIcon } from "../ui/base/icons";
import { PasswordField } from "../ui/form/password-field";
import { Page } from "../ui/shell/page";
import styles from "./accounts.module.css";
import { signIn } from "./session";

/** Where one says who one is. */
export function SignIn() {
  const realtime = useRealtime();
  const session = useSession();
  const [message, setMessage] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { username: "", password: "" },
    validate: {
      username: (value) => (value.trim() === "" ? "Please fill this in." : null),
      password: (value) => (value === "" ? "Please fill this in." : null),
    },
  });

  const submit = form.onSubmit(async ({ username, password }) => {
    setBusy(true);
    setMessage(null);
    const ack = await signIn(realtime, username.trim(), password);
    setBusy(false);
    if (ack.ok) return;
    setMessage(reason(ack.errors));
    // What is not about either of the two stands under the username alone.
    const isWrong = ack.errors["password"] !== undefined;
    form.setErrors({ username: isWrong, password: isWrong });
  });

  return (
    <Page
      title="Sign in"
      note={session?.access === "required" ? "This gym is for members of its team." : undefined}
    >
      <form onSubmit={submit} noValidate className={styles["sign-in"]}>
        <TextInput
          label="Username"
          autoComplete="username"
          autoCapitalize="none"
          {...form.getInputProps("username")}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          {...form.getInputProps("password")}
        />
        {message !== null && (
          <Alert icon={<WarningIcon />} role="alert">
            {message}
          </Alert>
        )}
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
      </form>
    </Page>
  );
}
