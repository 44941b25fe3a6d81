import { Alert, Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useConnection } from "@spotter/realtime";
import type { FormEvent, ReactNode } from "react";
import { WarningIcon } from "../base/icons";
import { useDoer } from "../base/people";
import { CoEditors } from "./co-editors";
import { Conflicts } from "./conflicts";
import styles from "./form.module.css";
import type { RecordForm as Form } from "./use-record-form";

interface Props {
  form: Form;
  /** What the fields are called, for messages about them. */
  labels: Readonly<Record<string, string>>;
  /** The value of a field in a few words. */
  describe: (field: string, value: unknown) => string;
  saveLabel: string;
  onCancel: () => void;
  /** For forms with more than one column. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of every form: what others did meanwhile, the fields, what went wrong, the buttons. */
export function RecordForm({
  form,
  labels,
  describe,
  saveLabel,
  onCancel,
  wide = false,
  children,
}: Props) {
  const { status } = useConnection();
  const doer = useDoer();
  const undecided = Object.keys(form.theirs?.conflicts ?? {}).length > 0;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!form.saving && !undecided) void form.submit();
  };
  const cancel = () => {
    form.discard();
    onCancel();
  };
  useHotkeys([["mod+Enter", () => submit()]], []);

  return (
    <form onSubmit={submit} noValidate className={styles["form"]} data-wide={wide || undefined}>
      {form.restored && (
        <Alert icon={<WarningIcon />} title="This is what you had typed before">
          It is not saved yet.{" "}
          {form.withheld && "A password is never kept on this device: type it again. "}
          <button type="button" className={styles["link"]} onClick={form.startOver}>
            Start over
          </button>
        </Alert>
      )}
      {form.gone && (
        <Alert
          icon={<WarningIcon />}
          role="alert"
          title={`${doer(form.gone.actor)} deleted this meanwhile`}
        >
          What you typed is still here. Save it to make it a new one, or cancel to let it go.
        </Alert>
      )}
      {form.id !== null && form.id > 0 && <CoEditors channel={form.channel} id={form.id} />}
      {form.theirs && <Conflicts form={form} labels={labels} describe={describe} />}
      {children}
      {form.message !== null && (
        <Alert icon={<WarningIcon />} role="alert" className={styles["refused"]}>
          {form.message}
        </Alert>
      )}
      {form.secret && status !== "live" && (
        <Alert icon={<WarningIcon />} title="There is no connection">
          A password is never kept on this device. It is sent when the connection is back, if you
          leave this page open until then.
        </Alert>
      )}
      <div className={styles["buttons"]}>
        <Button type="submit" loading={form.saving} disabled={undecided}>
          {form.gone ? "Save as new" : saveLabel}
        </Button>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        {undecided && <span className="dim">Decide above first.</span>}
      </div>
    </form>
  );
}
