import { Button, TextInput } from "@mantine/core";
import { useRealtime } from "@spotter/realtime/react";
import { useRef } from "react";
import { PlusIcon } from "../../ui/base/icons";
import { savedNotice } from "../../ui/form/saved-notice";
import { useRecordForm } from "../../ui/form/use-record-form";
import { rules, toData, toValues } from "./fields";
import styles from "./quick-coach.module.css";
import { texts } from "./texts";

/** Adds one coach after another: name, Tab, age, Enter. */
export function QuickCoach({ variant }: { variant: "filled" | "default" }) {
  const element = useRef<HTMLFormElement>(null);
  const realtime = useRealtime();
  const name = useRef<HTMLInputElement>(null);
  const record = useRecordForm({
    channel: "coaches",
    id: null,
    rules,
    toValues,
    toData,
    drafts: false,
    onSaved: (_saved, waits, op) => {
      if (waits !== null) savedNotice(realtime, texts.coach, waits, op);
      record.startOver();
      name.current?.focus();
    },
  });
  const { form, message, saving } = record;
  return (
    <form
      ref={element}
      className={styles["form"]}
      noValidate
      aria-label={texts.newCoach}
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving && element.current) void record.submit(element.current);
      }}
    >
      <TextInput
        ref={name}
        label={texts.labels.name}
        autoComplete="off"
        {...form.getInputProps("name")}
      />
      <TextInput label={texts.labels.age} inputMode="numeric" {...form.getInputProps("age")} />
      <Button type="submit" variant={variant} leftSection={<PlusIcon size={18} />} loading={saving}>
        {texts.addCoach}
      </Button>
      {message !== null && <p role="alert">{message}</p>}
    </form>
  );
}
