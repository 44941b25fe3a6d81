import { Button, NativeSelect, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChannel } from "@spotter/realtime";
import { choices, ofCoach } from "../ui/base/select-options";
import { PasswordField } from "../ui/form/password-field";
import { requiredPassword, text } from "../ui/form/rules";
import { roles } from "./account-dialog";
import type { Send } from "./account-dialog";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";

/** Where admins make an account. */
export function NewAccount({ onSend }: { onSend: Send }) {
  const coaches = useChannel("coaches") ?? [];
  const form = useForm({
    initialValues: { username: "", password: "", role: "viewer", coach_id: null as string | null },
    validate: { username: text(2, 40), password: requiredPassword },
  });
  const submit = form.onSubmit(async ({ coach_id: coach, ...values }) => {
    const data = { ...values, ...(coach === null ? {} : { coach_id: Number(coach) }) };
    const ack = await onSend("new_account", data, `${values.username} can sign in`);
    if (ack.ok) form.reset();
    else form.setErrors(refusals(ack, ["username", "password", "role", "coach_id"]));
  });
  return (
    <form onSubmit={submit} noValidate className={styles["new"]} aria-label="New account">
      <h2>New account</h2>
      <div className={styles["fields"]}>
        <TextInput label="Username" autoComplete="off" {...form.getInputProps("username")} />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <NativeSelect label="Role" data={roles} {...form.getInputProps("role")} />
        <Select
          label="Coach"
          placeholder="None"
          searchable
          clearable
          nothingFoundMessage="No coach of that name"
          data={choices(coaches, ofCoach)}
          {...form.getInputProps("coach_id")}
        />
      </div>
      <Button type="submit" loading={form.submitting}>
        Make account
      </Button>
    </form>
  );
}
