import { TextInput } from "@mantine/core";
import { Avatar } from "../../ui/base/avatar";
import { FormPage } from "../../ui/form/form-page";
import type { FormProps } from "../../ui/form/form-props";
import { PasswordField } from "../../ui/form/password-field";
import { RecordForm } from "../../ui/form/record-form";
import { useRecordForm } from "../../ui/form/use-record-form";
import styles from "./coaches.module.css";
import { describe, rules, toData, toValues } from "./fields";
import { texts } from "./texts";

export default function CoachFormPage() {
  return (
    <FormPage channel="coaches" noun={texts.coach}>
      {(page) => <CoachForm {...page} />}
    </FormPage>
  );
}

export function CoachForm({ id, called, onSaved, onCancel }: FormProps) {
  const record = useRecordForm({
    channel: "coaches",
    id,
    rules,
    toValues: (coach) => ({ ...toValues(coach), ...(called && { name: called }) }),
    toData,
    onSaved,
    drafts: called === undefined,
  });
  const { form } = record;
  const hasAccount = record.record?.username && !record.gone;
  return (
    <RecordForm
      form={record}
      labels={texts.labels}
      describe={describe}
      saveLabel={id === null ? texts.addCoach : texts.save}
      onCancel={onCancel}
    >
      <TextInput
        label={texts.labels.name}
        required
        autoComplete="off"
        data-autofocus={called === "" || undefined}
        {...form.getInputProps("name")}
      />
      <TextInput
        label={texts.labels.age}
        required
        inputMode="numeric"
        className={styles["age"]}
        data-autofocus={called || undefined}
        {...form.getInputProps("age")}
      />
      {called === undefined && (
        <>
          <div className={styles["picture"]}>
            <Avatar
              name={String(form.values["name"])}
              picture={rules.picture(form.values["picture"]) ? "" : String(form.values["picture"])}
              size={56}
            />
            <TextInput
              label={texts.labels.picture}
              description={texts.pictureHint}
              type="url"
              {...form.getInputProps("picture")}
            />
          </div>
          <TextInput
            label={texts.labels.username}
            description={texts.usernameHint}
            autoComplete="off"
            autoCapitalize="none"
            {...form.getInputProps("username")}
          />
          <PasswordField
            label={texts.labels.password}
            description={hasAccount ? texts.keepPassword : texts.passwordHint}
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
        </>
      )}
    </RecordForm>
  );
}
