import { Alert, Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useConnection } from "@spotter/realtime/react";
import { useRef } from "react";
import type { FormEvent, ReactNode } from "react";
import { useIsBlocked } from "../base/blocked-context";
import { WarningIcon } from "../base/icons";
import { useDoer } from "../base/people";
import { CoEditors } from "./co-editors";
import { Conflicts } from "./conflicts";
import styles from "./form.module.css";
import { useOnTop } from "./layers";
import { SubmitButton } from "./submit-button";
import { useFirstField } from "./use-first-field";
import type { RecordForm as Form } from "./use-record-form";
import { texts } from "./texts";

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
  /** What is said in the bar of the buttons. */
  inBar?: ReactNode;
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
  inBar,
  children,
}: Props) {
  const element = useRef<HTMLFormElement>(null);
  const { status } = useConnection();
  const isBlocked = useIsBlocked();
  const doer = useDoer();
  const undecided = Object.keys(form.theirs?.conflicts ?? {}).length > 0;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    // In React's tree it may stand within another form, which it makes a record for.
    event?.stopPropagation();
    if (!form.saving && !undecided && element.current) void form.submit(element.current);
  };
  const cancel = () => {
    form.discard();
    onCancel();
  };
  const onTop = useOnTop();
  useFirstField(element);
  useHotkeys([["mod+Enter", () => onTop && submit()]], []);

  return (
    <form
      ref={element}
      onSubmit={submit}
      noValidate
      className={styles["form"]}
      data-wide={wide || undefined}
    >
      {form.restored && (
        <Alert icon={<WarningIcon />} title={texts.typedBefore}>
          {texts.notSavedYet} {form.withheld && texts.typePasswordAgain}{" "}
          <button type="button" className={styles["link"]} onClick={form.startOver}>
            {texts.startOver}
          </button>
        </Alert>
      )}
      {form.gone && (
        <Alert icon={<WarningIcon />} role="alert" title={texts.theyDeleted(doer(form.gone.actor))}>
          {texts.stillHere}
        </Alert>
      )}
      {form.theirs && <Conflicts form={form} labels={labels} describe={describe} />}
      {form.id !== null && form.id > 0 && <CoEditors channel={form.channel} id={form.id} />}
      {children}
      {form.message !== null && (
        <Alert icon={<WarningIcon />} role="alert" className={styles["refused"]}>
          {form.message}
        </Alert>
      )}
      {form.secret && status !== "live" && (
        <Alert icon={<WarningIcon />} {...(!isBlocked && { title: texts.offline })}>
          {texts.secretWaits}
        </Alert>
      )}
      {!form.secret && status === "offline" && !isBlocked && (
        <p className="dim">{texts.offlineKept}</p>
      )}
      <div className={styles["buttons"]} data-keep-clear>
        {inBar}
        <SubmitButton loading={form.saving} why={undecided ? texts.chooseFirst : null}>
          {form.gone ? texts.saveAsNew : saveLabel}
        </SubmitButton>
        <Button variant="default" onClick={cancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
