/**
 * A form on one record: checks while one types, keeps what was typed over reloads, takes in what
 * others change meanwhile, and saves only the fields that were changed here.
 */
import { useForm } from "@mantine/form";
import {
  equal,
  writeOnlyIn,
  useRemoteChange,
  useMutate,
  useRecord,
  useRealtime,
} from "@spotter/realtime";
import { reason } from "@spotter/realtime";
import { merge } from "@spotter/realtime";
import type { Ack, Actor, AnyRecord, Channel, RecordOf } from "@spotter/realtime";
import { useEffect, useEffectEvent, useState } from "react";
import { protocol } from "../../protocol";
import { clearDraft, loadDraft, saveDraft } from "./drafts";
import type { Draft } from "./drafts";
import { fieldErrors } from "./field-errors";
import type { Rule } from "./rules";
import type { Waits } from "./saved-notice";
import { useMounted } from "./use-mounted";

export type Values = Record<string, unknown>;

export interface RecordFormOptions<C extends Channel> {
  channel: C;
  /** Null for a new record. */
  id: number | null;
  rules: Record<string, Rule>;
  /** What the inputs hold for a record, or for a new one. Its keys are the form's fields. */
  toValues(record: RecordOf<C> | null): Values;
  /** The value of a field as it goes to the server; undefined leaves it out. */
  toData(field: string, value: unknown): unknown;
  /** `waits` says where it waits for a connection, if it does. Not called once the form is left. */
  onSaved(record: AnyRecord | null, waits: Waits): void;
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
  const { channel, id, rules, toValues, toData, onSaved } = options;
  const realtime = useRealtime();
  const mutate = useMutate();
  const entry = useRecord(channel, id);
  const lastChange = useRemoteChange(channel, id ?? 0);
  // A form belongs to who opened it: for somebody else, the page is made anew.
  const [place] = useState(() => ({ account: realtime.connection.account.get(), channel, id }));
  const [draft] = useState(() => loadDraft(place));
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

  function fail(ack: Ack): void {
    const { errors } = ack;
    setMessage(reason(errors));
    form.setErrors(fieldErrors(errors, fields));
  }

  async function submit(): Promise<void> {
    if (form.validate().hasErrors) {
      document.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
      return;
    }
    const gone = id !== null && realtime.table(channel).get()?.get(id) === undefined;
    const creating = id === null || gone;
    const values = form.getValues();
    const changed = fields.filter((field) => creating || !equal(values[field], untouched[field]));
    if (changed.length === 0) return close(record ?? null, null);
    const data = Object.fromEntries(
      changed
        .map((field) => [field, toData(field, values[field])] as const)
        .filter(([, value]) => value !== undefined),
    );
    setSaving(true);
    setMessage(null);
    const outcome = await mutate({
      channel,
      kind: creating ? "new" : "update",
      data,
      ...(creating || !base ? {} : { id: id as number, from: base }),
    });
    setSaving(false);
    if (outcome.status === "saved") close(outcome.ack.data, null);
    else if (outcome.status === "queued")
      close(null, outcome.kept ? "on the device" : "on this page");
    else if (isMounted()) {
      fail(outcome.ack);
      // What was typed is in this form, and in its draft.
      outcome.dismiss();
    }
  }

  function close(saved: AnyRecord | null, waits: Waits): void {
    clearDraft(place);
    if (draft?.op !== undefined) realtime.outbox.discard(draft.op);
    if (isMounted()) onSaved(saved, waits);
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
      clearDraft(place);
      form.setValues(untouched);
      form.clearErrors();
      setRestored(false);
      setTheirs(null);
    },
    discard: () => clearDraft(place),
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
