import { Checkbox, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { Socket } from "socket.io-client";
import { SubmitButton } from "../../ui/form/submit-button";
import { AckView } from "./ack-view";
import type { Operation } from "./document";
import styles from "./explorer.module.css";
import { JsonField } from "./json-field";
import { beginning, isObject, optionsOf, shapesOf } from "./schema";
import type { Schemas } from "./schema";
import { emit } from "./use-socket";
import type { Answer } from "./use-socket";
import { ValueField } from "./value-field";
import { texts } from "../texts";

interface Props {
  operation: Operation;
  schemas: Schemas;
  socket: Socket | null;
  connected: boolean;
}

/** An event to emit: its arguments, by fields or as JSON, and what came back. */
export function EmitForm({ operation, schemas, socket, connected }: Props) {
  const { event, payload, opts } = operation;
  const [data, setData] = useState<unknown>(() => beginning(payload, schemas));
  const [options, setOptions] = useState<unknown>();
  const [by, setBy] = useState("fields");
  const [broken, setBroken] = useState(false);
  const [sent, setSent] = useState(0);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [check, setCheck] = useState(false);
  const { others, canCheck } = optionsOf(opts, schemas);
  const given = check ? { ...(isObject(options) && options), check } : options;
  const args = argumentsOf(data, given, payload.type === "object");
  const errors = isObject(answer?.ack) ? answer.ack["errors"] : undefined;
  const takesNothing = shapesOf(payload, schemas).shapes.length === 0;

  const submit = async () => {
    if (broken || !connected || !socket) return;
    setBusy(true);
    setAnswer(await emit(socket, event, args));
    setSent((before) => before + 1);
    setBusy(false);
  };
  return (
    <form
      className={styles["emit"]}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void submit();
      }}
    >
      <SegmentedControl
        aria-label={texts.howToWrite}
        value={by}
        onChange={(to) => {
          setBroken(false);
          setBy(to);
        }}
        data={[
          { value: "fields", label: texts.fields },
          { value: "json", label: "JSON" },
        ]}
      />
      {by === "json" ? (
        <JsonField label={texts.dataAsJson} value={data} onChange={setData} onBroken={setBroken} />
      ) : takesNothing ? (
        <p className="dim">{texts.noData}</p>
      ) : (
        <ValueField
          label={texts.data}
          value={data}
          onChange={setData}
          schema={payload}
          schemas={schemas}
          required={payload.type === "object"}
          errors={errors}
        />
      )}
      {others && (
        <ValueField
          label={texts.options}
          value={options}
          onChange={setOptions}
          schema={others}
          schemas={schemas}
          required={false}
          errors={errors}
        />
      )}
      <code className={styles["code"]}>{codeOf(event, args)}</code>
      {canCheck && (
        <Checkbox
          label={texts.onlyCheck}
          description={texts.itIsReal}
          checked={check}
          onChange={({ currentTarget }) => setCheck(currentTarget.checked)}
        />
      )}
      <div className={styles["actions"]}>
        <SubmitButton
          loading={busy}
          why={broken ? texts.mendFirst : connected ? null : texts.noConnection}
        >
          {texts.emit}
        </SubmitButton>
      </div>
      {answer && <AckView key={sent} answer={answer} />}
    </form>
  );
}

/** What is emitted beside the name. An event without data has no argument, unless options follow. */
function argumentsOf(data: unknown, options: unknown, takesObject: boolean): readonly unknown[] {
  const given = data ?? (takesObject ? {} : data);
  if (options !== undefined) return [given ?? null, options];
  return given === undefined ? [] : [given];
}

function codeOf(event: string, args: readonly unknown[]): string {
  const hidden = (key: string, value: unknown) => (/password|secret|token/.test(key) ? "…" : value);
  const written = args.map((one) => JSON.stringify(one, hidden));
  return `socket.emit(${[JSON.stringify(event), ...written, "ack"].join(", ")})`;
}
