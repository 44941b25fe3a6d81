import { TextInput } from "@mantine/core";
import { useLocation } from "wouter";
import { Avatar } from "../../ui/base/avatar";
import { FormPage } from "../../ui/form/form-page";
import { PasswordField } from "../../ui/form/password-field";
import { RecordForm } from "../../ui/form/record-form";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
import styles from "./coaches.module.css";
import { describe, labels, rules, toData, toValues } from "./fields";

export default function CoachFormPage() {
  return <FormPage channel="coaches">{(id) => <CoachForm id={id} />}</FormPage>;
}

function CoachForm({ id }: { id: number | null }) {
  const [, navigate] = useLocation();
  const back = id === null ? "/coaches" : `/coaches/${id}`;
  const record = useRecordForm({
    channel: "coaches",
    id,
    rules,
    toValues,
    toData,
    onSaved: (saved, queued) => {
      savedNotice("Coach", queued);
      navigate(saved ? `/coaches/${saved.id}` : back);
    },
  });
  const { form } = record;
  return (
    <RecordForm
      form={record}
      labels={labels}
      describe={describe}
      saveLabel={id === null ? "Add coach" : "Save"}
      onCancel={() => navigate(back)}
    >
      <TextInput
        label={labels.name}
        withAsterisk
        autoComplete="off"
        {...form.getInputProps("name")}
      />
      <TextInput
        label={labels.age}
        withAsterisk
        inputMode="numeric"
        className={styles["age"]}
        {...form.getInputProps("age")}
      />
      <div className={styles["picture"]}>
        <Avatar
          name={String(form.values["name"])}
          picture={rules.picture(form.values["picture"]) ? "" : String(form.values["picture"])}
          size={56}
        />
        <TextInput
          label={labels.picture}
          description="The address of a picture on the web"
          type="url"
          {...form.getInputProps("picture")}
        />
      </div>
      <TextInput
        label={labels.username}
        description="To sign in with; empty for a coach without an account"
        autoComplete="off"
        autoCapitalize="none"
        {...form.getInputProps("username")}
      />
      <PasswordField
        label={labels.password}
        description={
          id === null ? "At least 8 characters" : "Leave it empty to keep the one there is"
        }
        autoComplete="new-password"
        {...form.getInputProps("password")}
      />
    </RecordForm>
  );
}
