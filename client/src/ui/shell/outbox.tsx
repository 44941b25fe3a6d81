import { Button, Drawer } from "@mantine/core";
import { storageProblem } from "@spotter/realtime";
import { useConnection, useObservable, useOps } from "@spotter/realtime/react";
import { withoutWriteOnly, writesOf } from "@spotter/realtime";
import { useRealtime } from "@spotter/realtime/react";
import type { Op, Write } from "@spotter/realtime";
import { useLocation } from "wouter";
import { protocol } from "../../served";
import { sayDate } from "../base/dates";
import { formatValue } from "../base/format-value";
import { whyNot } from "../base/why-not";
import { useDoer } from "../base/people";
import { fieldName } from "../base/field-names";
import { ago, timeOfDay } from "../base/time";
import { review } from "../form/review";
import styles from "./outbox.module.css";
import { things } from "./things";
import { texts } from "./texts";

/** Edits that are not saved: those that need a decision, and those that wait or are on their way. */
export default function Outbox({ onClose }: { onClose: () => void }) {
  const ops = useOps().filter((op) => op.state !== "settled");
  const refused = ops.filter((op) => op.state === "parked");
  const waiting = ops.filter((op) => op.state !== "parked");
  return (
    <Drawer
      opened
      onClose={onClose}
      title={texts.yourEdits}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <Headline refused={refused.length} waiting={waiting} />
      <ul className={styles["edits"]}>
        {refused.map((op) => (
          <Refused key={op.op} op={op} onClose={onClose} />
        ))}
        {waiting.map((op) => (
          <Waiting key={op.op} op={op} />
        ))}
      </ul>
    </Drawer>
  );
}

/** Whether there is a connection, and what of the edits that is for. */
function Headline({ refused, waiting }: { refused: number; waiting: readonly Op[] }) {
  const { status, since } = useConnection();
  const kept = useObservable(storageProblem) === null;
  // Else that edit says itself where it is kept.
  const alike = waiting.every((op) => notes(op).length === 0);
  const sent = waiting.filter((op) => op.state === "sent").length;
  const queued = waiting.length - sent;
  const edits = [
    refused > 0 && texts.areRefused(refused),
    queued > 0 && texts.wait(queued),
    sent > 0 && texts.areSent(sent),
  ].filter((said) => said !== false);
  return (
    <>
      <p className="dim">
        {status === "live"
          ? texts.isLive(edits.length === 0)
          : status === "offline"
            ? texts.isOffline(timeOfDay(since))
            : texts.isConnecting}{" "}
        {status !== "live" && alike && texts.keptUntil(kept)}
      </p>
      <p className={styles["all"]}>{edits.join(" ") || texts.allSaved}</p>
    </>
  );
}

function Waiting({ op }: { op: Op }) {
  const { outbox } = useRealtime();
  return (
    <li>
      <Summary op={op} />
      <div>
        <p>{op.state === "sent" ? texts.sent : texts.queued}</p>
        {notes(op).map((note) => (
          <p key={note} className="dim">
            {note}
          </p>
        ))}
      </div>
      {op.state === "queued" && (
        <Button variant="default" size="compact-sm" onClick={() => outbox.discard(op.op)}>
          {texts.discard}
        </Button>
      )}
    </li>
  );
}

/** Where an edit waits, if not on this device for this page to send. */
function notes(op: Op): string[] {
  if (op.held === "elsewhere") return [texts.elsewhere];
  return [...(op.withheld ? [texts.passwordNotKept] : []), ...(op.unkept ? [texts.notKept] : [])];
}

function Refused({ op, onClose }: { op: Op; onClose: () => void }) {
  const { outbox } = useRealtime();
  const [, navigate] = useLocation();
  const onReview = () => {
    const path = review(op);
    if (path === null) outbox.retry(op.op);
    else navigate(path);
    onClose();
  };
  const doer = useDoer();
  const meta = op.ack?.meta;
  const conflict = meta?.code === "conflict";
  return (
    <li>
      <Summary op={op} />
      <div className={styles["why"]}>
        <p>
          <strong>{texts.refused}</strong>
        </p>
        <p>
          {conflict
            ? texts.changedTo(doer(meta?.actor), sayFields(pick(meta?.current, meta?.fields)))
            : whyNot(op.ack ?? { errors: {} })}
        </p>
      </div>
      <div className={styles["buttons"]}>
        <Button size="compact-sm" onClick={onReview}>
          {op.kind === "delete" || op.kind === "batch" ? texts.tryAgain : texts.review}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => outbox.discard(op.op)}>
          {texts.discard}
        </Button>
      </div>
    </li>
  );
}

function Summary({ op }: { op: Op }) {
  return writesOf(op).map((write, place) => (
    // oxlint-disable-next-line react/no-array-index-key
    <WriteSummary key={place} write={write} at={op.at} />
  ));
}

function WriteSummary({ write, at }: { write: Write; at: number }) {
  const say = { new: things.made, update: things.changed, delete: things.deleted }[write.kind];
  const fields = withoutWriteOnly(protocol, write.channel, write.data);
  return (
    <div>
      <strong>{say(write.channel, title(write))}</strong> <span className="dim">{ago(at)}</span>
      {write.kind === "update" && <p className="dim">{sayFields(fields)}</p>}
    </div>
  );
}

/** "age: 40, name: Ben Lee" */
function sayFields(fields: object): string {
  return Object.entries(fields)
    .map(([field, value]) => `${fieldName(field)}: ${formatValue(field, value) || texts.empty}`)
    .join(", ");
}

function pick(record: object = {}, fields: readonly string[] = []): object {
  return Object.fromEntries(Object.entries(record).filter(([field]) => fields.includes(field)));
}

function title({ channel, before, data }: Write): string {
  const record: Record<string, unknown> = { ...before, ...data };
  if (channel === "schedules") return formatValue("workout_plan", record["workout_plan"]);
  if (channel === "exceptions") return sayDate(String(record["date"]));
  return formatValue("name", record["name"]);
}
