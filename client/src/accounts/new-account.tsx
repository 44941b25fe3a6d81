import { Button, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChannel } from "../realtime";
import { requiredPassword, text } from "../ui/form/rules";
import type { Send } from "./account-dialog";
import { roles } from "./account-dialog";
import styles from "./accounts.module.css";
import { refusals } from "./refusals";

/** Where admins make an account. */
export function NewAccount({ onSend }: { onSend: Send }) {
  const coaches = useChannel("coaches") ?? [];
  const form = useForm({
    initialValues: { username: "", password: "", role: "viewer", coach_id: "" },
    validate: { username: text(2, 40), password: requiredPassword },
  });
  const submit = form.onSubmit(async ({ coach_id: coach, ...values }) => {
    const data = { ...values, ...(coach === "" ? {} : { coach_id: Number(coach) }) };
    const ack = await onSend("new_account", data, `${values.username} can sign in`);
    if (ack.ok) form.reset();
    else form.setErrors(refusals(ack, ["username", "password", "role", "coach_id"]));
  });
  return (
    <form onSubmit={submit} noValidate className={styles["new"]} aria-label="New account">
      <h2>New account</h2>
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
          {...form.getInputProps("coach_id")}
        />
      </div>
      <Button type="submit">Make account</Button>
    </form>
  );
}
