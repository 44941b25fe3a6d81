import { Button, Drawer } from "@mantine/core";
import { storageProblem, reason, useConnection, useObservable, useOps } from "@spotter/realtime";
import { useRealtime, withoutWriteOnly } from "@spotter/realtime";
import type { Op } from "@spotter/realtime";
import { useLocation } from "wouter";
import { protocol } from "../../protocol";
import { formatValue } from "../base/format-value";
import { ago, timeOfDay } from "../base/time";
import { review } from "../form/review";
import { nouns } from "./navigation";
import styles from "./outbox.module.css";

/** Edits that are not at the server: those that wait, and those that need a decision. */
export default function Outbox({ onClose }: { onClose: () => void }) {
  const ops = useOps().filter((op) => op.state !== "settled");
  const parked = ops.filter((op) => op.state === "parked");
  const waiting = ops.filter((op) => op.state !== "parked");
  const { status, since } = useConnection();
  const kept =
    useObservable(storageProblem) === null ? "kept on this device" : "in the memory of this page";
  return (
    <Drawer
      opened
      onClose={onClose}
      title="Your edits"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: styles["title"] ?? "" }}
    >
      <p className="dim">
        {status === "live"
          ? "This page is live: what you and others change is seen by everyone at once."
          : `There is no connection since ${timeOfDay(since)}. Go on working: your edits are ${kept} and sent when it is back.`}
      </p>
      {parked.length > 0 && (
        <section className={styles["section"]}>
          <h3>Need your decision</h3>
          <ul>
            {parked.map((op) => (
              <Parked key={op.op} op={op} onClose={onClose} />
            ))}
          </ul>
        </section>
      )}
      <section className={styles["section"]}>
        <h3>Waiting to be sent</h3>
        {waiting.length === 0 && <p className="dim">Nothing. Everything is saved.</p>}
        <ul>
          {waiting.map((op) => (
            <Waiting key={op.op} op={op} />
          ))}
        </ul>
      </section>
    </Drawer>
  );
}

function Waiting({ op }: { op: Op }) {
  const { outbox } = useRealtime();
  return (
    <li>
      <Summary op={op} />
      {notes(op).map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      {op.state === "queued" && (
        <Button variant="default" size="compact-sm" onClick={() => outbox.discard(op.op)}>
          Take back
        </Button>
      )}
    </li>
  );
}

/** Where an edit waits, if not on this device for this page to send. */
function notes(op: Op): string[] {
  if (op.held === "elsewhere") return ["In another open page of yours, which sends it."];
  const page = "Leave this page open until it is sent";
  return [
    ...(op.withheld ? [`${page}: its password is not kept on this device.`] : []),
    ...(op.unkept ? [`${page}: this browser could not keep it.`] : []),
  ];
}

function Parked({ op, onClose }: { op: Op; onClose: () => void }) {
  const { outbox } = useRealtime();
  const [, navigate] = useLocation();
  const onReview = () => {
    const path = review(op);
    if (path === null) outbox.retry(op.op);
    else navigate(path);
    onClose();
  };
  const conflict = op.ack?.meta?.code === "conflict";
  return (
    <li>
      <Summary op={op} />
      <p className={styles["why"]}>
        {conflict
          ? `${op.ack?.meta?.actor ?? "Someone"} changed the same meanwhile.`
          : reason(op.ack?.errors ?? {})}
      </p>
      <div className={styles["buttons"]}>
        <Button size="compact-sm" onClick={onReview}>
          {op.kind === "delete" ? "Try again" : "Review"}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => outbox.discard(op.op)}>
          Discard
        </Button>
      </div>
    </li>
  );
}

function Summary({ op }: { op: Op }) {
  const verb = { new: "New", update: "Change", delete: "Delete" }[op.kind];
  const fields = Object.entries(withoutWriteOnly(protocol, op.channel, op.data));
  return (
    <div>
      <strong>
        {verb} {nouns[op.channel].one} {title(op)}
      </strong>{" "}
      <span className="dim">{ago(op.at)}</span>
      {op.kind === "update" && (
        <p className="dim">
          {fields
            .map(
              ([field, value]) =>
                `${field.replaceAll("_", " ")}: ${formatValue(field, value) || "(empty)"}`,
            )
            .join(", ")}
        </p>
      )}
    </div>
  );
}

function title(op: Op): string {
  const record: Record<string, unknown> = { ...op.before, ...op.data };
  if (op.channel === "schedules") return formatValue("workout_plan", record["workout_plan"]);
  return formatValue("name", record["name"]);
}
