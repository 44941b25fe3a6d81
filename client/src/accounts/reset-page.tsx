import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { uuid } from "@spotter/realtime";
import { useRealtime } from "@spotter/realtime/react";
import { useState } from "react";
import { Link } from "wouter";
import { Empty } from "../ui/base/empty";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword } from "../ui/form/rules";
import { notFilledIn, showWrong } from "../ui/form/show-wrong";
import { Page } from "../ui/shell/page";
import styles from "./accounts.module.css";
import { connected } from "../ui/base/connected";
import { refusals } from "./refusals";
import { texts } from "./texts";

/** Where somebody who forgot the password chooses another, by the link that an admin made. */
export default function ResetPage() {
  const { connection } = useRealtime();
  const [secret] = useState(() => location.hash.slice(1));
  // An answer that was lost is given again: the link works once.
  const [op] = useState(uuid);
  const [busy, setBusy] = useState(false);
  const [state, setState] = useState<"open" | "done" | "over">(secret === "" ? "over" : "open");
  const form = useForm({
    initialValues: { new_password: "" },
    validate: { new_password: requiredPassword },
  });
  const submit = form.onSubmit(async (values, event) => {
    const element = event?.currentTarget;
    setBusy(true);
    await connected(connection);
    const ack = await connection.request("reset_password", { secret, ...values }, { op });
    setBusy(false);
    if (ack.ok) setState("done");
    else if (ack.errors["secret"] !== undefined) setState("over");
    else showWrong(element, () => form.setErrors(refusals(ack, ["new_password"])));
  }, notFilledIn);
  return (
    <Page title={texts.newPassword}>
      {state === "done" && (
        <Empty title={texts.yourPasswordIsChanged}>
          <Link href="/account">{texts.signIn}</Link> {texts.withIt}
        </Empty>
      )}
      {state === "over" && (
        <Empty title={secret === "" ? texts.linkMissing : texts.linkOver}>
          {texts.askForAnother} <Link href="/account">{texts.signIn}</Link>
        </Empty>
      )}
      {state === "open" && (
        <form onSubmit={submit} noValidate className={styles["sign-in"]}>
          <PasswordField
            label={texts.newPassword}
            required
            withAsterisk={false}
            autoComplete="new-password"
            description={texts.passwordHint}
            {...form.getInputProps("new_password")}
          />
          <Button type="submit" loading={busy}>
            {texts.setPassword}
          </Button>
        </form>
      )}
    </Page>
  );
}
