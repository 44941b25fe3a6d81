import { Alert, Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useRealtime, useSession } from "@spotter/realtime/react";
import { useState } from "react";
import { useGymName } from "../ui/base/gym-name";
import { WarningIcon } from "../ui/base/icons";
import { whyNot } from "../ui/base/why-not";
import { PasswordField } from "../ui/form/password-field";
import { notFilledIn, showWrong } from "../ui/form/show-wrong";
import { Page } from "../ui/shell/page";
import { Link } from "wouter";
import styles from "./accounts.module.css";
import { signIn } from "./session";
import { texts } from "./texts";

/** Where one says who one is. */
export function SignIn() {
  const realtime = useRealtime();
  const session = useSession();
  const gymName = useGymName();
  const [message, setMessage] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { username: "", password: "" },
    validate: {
      username: (value) => (value.trim() === "" ? texts.fillIn : null),
      password: (value) => (value === "" ? texts.fillIn : null),
    },
  });

  const submit = form.onSubmit(async ({ username, password }, event) => {
    const element = event?.currentTarget;
    setBusy(true);
    setMessage(null);
    const ack = await signIn(realtime, username.trim(), password);
    setBusy(false);
    if (ack.ok) return;
    setMessage(whyNot(ack));
    // What is not about either of the two stands under the username alone.
    const isWrong = ack.errors["password"] !== undefined;
    showWrong(element, () => form.setErrors({ username: isWrong, password: isWrong }));
  }, notFilledIn);

  return (
    <Page
      title={texts.signIn}
      note={
        <>
          <bdi className={styles["gym"]}>{gymName}</bdi>
          {session?.access === "required" && `. ${texts.teamOnly}`}
        </>
      }
    >
      <form onSubmit={submit} noValidate className={styles["sign-in"]}>
        <TextInput
          label={texts.username}
          required
          withAsterisk={false}
          autoComplete="username"
          autoCapitalize="none"
          {...form.getInputProps("username")}
        />
        <PasswordField
          label={texts.password}
          required
          withAsterisk={false}
          autoComplete="current-password"
          {...form.getInputProps("password")}
        />
        {message !== null && (
          <Alert icon={<WarningIcon />} role="alert">
            {message}
          </Alert>
        )}
        <Button type="submit" loading={busy}>
          {texts.signIn}
        </Button>
        <p className="dim">{texts.askAnAdmin}</p>
        <Link href="/developers">{texts.forDevelopers}</Link>
      </form>
    </Page>
  );
}
