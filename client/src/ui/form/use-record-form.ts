/**
 * A form on one record: checks while one types, keeps what was typed over reloads, takes in what
 * others change meanwhile, and saves only the fields that were changed here.
 */
import { useForm } from "@mantine/form";
import { equal, writeOnlyIn } from "@spotter/realtime";
import { useRemoteChange, useRecord, useRealtime } from "@spotter/realtime/react";
import { writeErrors } from "@spotter/realtime";
import { merge } from "@spotter/realtime/records";
import type { Ack, Actor, AnyRecord, Channel, RecordOf } from "@spotter/realtime";
import type { PendingBatch, PendingEdit } from "@spotter/realtime";
import { useEffect, useEffectEvent, useState } from "react";
import { protocol } from "../../served";
import { whyNot } from "../base/why-not";
import { clearDraft, loadDraft, saveDraft } from "./drafts";
import type { Draft } from "./drafts";
import { fieldErrors } from "./field-errors";
import type { FormProps } from "./form-props";
import type { Rule } from "./rules";
import type { Waits } from "./saved-notice";
import { showWrong } from "./show-wrong";
import { useMounted } from "./use-mounted";

export type Values = Record<string, unknown>;
type Data = Readonly<Record<string, unknown>>;

export interface RecordFormOptions<C extends Channel> {
  channel: C;
  /** Null for a new record. */
  id: number | null;
  /** What a new record is for, where each has a draft of its own. */
  of?: string;
  rules: Record<string, Rule>;
  /** What the inputs hold for a record, or for a new one. Its keys are the form's fields. */
  toValues(record: RecordOf<C> | null): Values;
  /** The value of a field as it goes to the server; undefined leaves it out. */
  toData(field: string, value: unknown): unknown;
  /** Makes several new records of one form's data: all of them or none. One that is edited stays one. */
  toRecords?(data: Data): Data[];
  /** Not called once the form is left. */
  onSaved: FormProps["onSaved"];
  /** Whether what is typed is kept over reloads: true if absent. */
  drafts?: boolean;
}

/** What others did to the record since the form was opened. */
export interface Theirs {
  actor: Actor;
  /** Fields that only they changed; the form has taken them over. */
  taken: readonly string[];
  /** Fields that were changed here too, with their values. */
  conflicts: Readonly<Record<string, unknown>>;
}

export function useRecordForm<C extends Channel>(options: RecordFormOptions<C>) {
  const { channel, id, of, rules, toValues, toData, toRecords, onSaved, drafts = true } = options;
  const realtime = useRealtime();
  const entry = useRecord(channel, id);
  const lastChange = useRemoteChange(channel, id ?? 0);
  // A form belongs to who opened it: for somebody else, the page is made anew.
  const [place] = useState(() => ({ account: realtime.connection.account.get(), channel, id, of }));
  const [draft] = useState(() => (drafts ? loadDraft(place) : null));
  const [base, setBase] = useState<Draft["base"]>(() => draft?.base ?? entry ?? null);
  const [restored, setRestored] = useState(draft !== null);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const isMounted = useMounted();
  const refused = draft?.op === undefined ? {} : { op: draft.op };
  const typedBefore = draft?.withheld === undefined ? {} : { withheld: draft.withheld };
  const record = base?.record as RecordOf<C> | undefined;
  const untouched = toValues(record ?? null);
  const fields = Object.keys(untouched);

  const form = useForm<Values>({
    initialValues: { ...untouched, ...draftValues(draft, toValues) },
    validate: rules,
    validateInputOnChange: true,
    onValuesChange: (values) => {
      setMessage(null);
      if (!drafts) return;
      if (equal(values, untouched)) clearDraft(place);
      else saveDraft(place, { values, base, ...refused, ...(restored && typedBefore) });
    },
  });

  const current = entry?.op === undefined ? entry : undefined;

  // A newer record than the one that the typing started from: take in what does not collide.
  const takeIn = useEffectEvent((newer: NonNullable<typeof current>) => {
    if (base?.rev === newer.rev && equal(base.record, newer.record)) return;
    setBase({ record: newer.record, rev: newer.rev });
    if (base === null || equal(base.record, newer.record)) return;
    const after = toValues(newer.record as RecordOf<C>);
    const { merged, taken, conflicts } = merge(untouched, form.values, after, fields);
    form.setValues(merged as Values);
    const collided = Object.fromEntries(conflicts.map((field) => [field, after[field]]));
    setTheirs((known) => {
      const open = { ...known?.conflicts, ...collided };
      const all = new Set([...(known?.taken ?? []), ...taken].filter((field) => !(field in open)));
      if (all.size === 0 && Object.keys(open).length === 0) return known;
      return { actor: lastChange?.actor ?? known?.actor ?? null, taken: [...all], conflicts: open };
    });
  });
  useEffect(() => {
    // The record changes outside React, and what was typed has to be merged with it once.
    // oxlint-disable-next-line react/set-state-in-effect
    if (current && !saving) takeIn(current);
  }, [current, saving]);

  function fail(ack: Ack<unknown>): void {
    const { errors } = ack;
    const [first = errors] = writeErrors(errors).values();
    setMessage(whyNot(ack));
    form.setErrors(fieldErrors(first, fields));
  }

  /** `shown` is where its inputs are. */
  async function submit(shown: ParentNode): Promise<void> {
    if (form.validate().hasErrors) return showWrong(shown);
    const gone = id !== null && realtime.queries.find(channel, id) === undefined;
    const creating = id === null || gone;
    const values = form.getValues();
    const changed = fields.filter((field) => creating || !equal(values[field], untouched[field]));
    if (changed.length === 0) return close(record ?? null, null, null);
    const data = Object.fromEntries(
      changed
        .map((field) => [field, toData(field, values[field])] as const)
        .filter(([, value]) => value !== undefined),
    );
    setSaving(true);
    setMessage(null);
    const { op, outcome: written } = write(data, creating);
    const outcome = await written;
    setSaving(false);
    if (outcome.status === "saved") close([outcome.ack.data].flat()[0] ?? null, null, op);
    else if (outcome.status === "queued")
      close(null, outcome.kept ? "on the device" : "on this page", op);
    else if (isMounted()) {
      showWrong(shown, () => fail(outcome.ack));
      // What was typed is in this form, and in its draft.
      outcome.dismiss();
    }
  }

  function write(data: Data, creating: boolean): PendingEdit | PendingBatch {
    if (!creating && id !== null) {
      return realtime.edit({ channel, kind: "update", id, data, ...(base && { from: base }) });
    }
    const records = (id === null && toRecords?.(data)) || [data];
    const edits = records.map((each) => ({ channel, kind: "new" as const, data: each }));
    return edits[0] && edits.length === 1 ? realtime.edit(edits[0]) : realtime.batch(edits);
  }

  function close(saved: AnyRecord | null, waits: Waits, op: string | null): void {
    discard();
    if (draft?.op !== undefined) realtime.outbox.discard(draft.op);
    if (isMounted()) onSaved(saved, waits, op);
  }

  function discard(): void {
    if (drafts) clearDraft(place);
  }

  return {
    channel: channel as Channel,
    id,
    form,
    fields,
    /** The record as it is now; undefined for a new one and one that was deleted. */
    record: entry?.record,
    gone:
      id !== null && base !== null && entry === undefined
        ? { actor: lastChange?.actor ?? null }
        : null,
    theirs,
    message,
    saving,
    /** Whether the form shows what an earlier visit had typed. */
    restored,
    /** Whether that had a secret in it, which has to be typed again. */
    withheld: restored && draft?.withheld !== undefined,
    /** Whether something secret is typed into it. */
    secret: writeOnlyIn(protocol, channel, form.values).length > 0,
    changed: !equal(form.values, untouched),
    submit,
    /** Decides a collision: their value goes into the form, or mine stays. */
    decide(field: string, choice: "theirs" | "mine"): void {
      if (choice === "theirs") form.setFieldValue(field, theirs?.conflicts[field]);
      setTheirs((known) => {
        if (!known) return null;
        const { [field]: _, ...left } = known.conflicts;
        return Object.keys(left).length === 0 ? null : { ...known, conflicts: left };
      });
    },
    dismissTheirs: () => setTheirs(null),
    startOver(): void {
      discard();
      form.setValues(untouched);
      form.clearErrors();
      setRestored(false);
      setTheirs(null);
    },
    discard,
  };
}

export type RecordForm = ReturnType<typeof useRecordForm>;

function draftValues<C extends Channel>(
  draft: Draft | null,
  toValues: RecordFormOptions<C>["toValues"],
): Values {
  if (!draft?.data) return draft?.values ?? {};
  return toValues({ ...draft.base?.record, ...draft.data } as RecordOf<C>);
}
