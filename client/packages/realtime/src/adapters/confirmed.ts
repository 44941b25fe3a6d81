/** An edit as a promise of the server's answer, for those who wait for nothing else. */
import { until } from "../base/until.js";
import type { Ack, Code, Errors } from "../protocol/messages.js";
import { reason } from "../protocol/messages.js";
import type { Realtime } from "../realtime.js";
import type { Edit } from "../outbox/outbox.js";

/** Why an edit was not done. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: Code | undefined;
  /** By field, as the server gave them; `errors` is the line for a person. */
  readonly errors: Errors;
  readonly ack: Ack;

  constructor(ack: Ack) {
    super(reason(ack.errors));
    this.ack = ack;
    this.code = ack.meta?.code;
    this.errors = ack.errors;
  }
}

/**
 * Makes an edit, or several as one batch. Resolves with the answer once it is done and all that is shown has it, however
 * long there is no connection until then. Throws `Refused` if it is not done; nobody else is told of it then.
 */
export async function confirmed(realtime: Realtime, edits: readonly Edit[]): Promise<Ack> {
  const [first] = edits;
  const { op, outcome } =
    first && edits.length === 1 ? realtime.edit(first) : realtime.batch(edits);
  let answer: Ack | undefined;
  void outcome.then((known) => {
    if (known.status !== "queued") answer ??= known.ack;
  });
  const { outbox } = realtime;
  const ack = await until(outbox.ops, (ops) => {
    const found = ops.find((each) => each.op === op);
    answer = found?.ack ?? answer;
    return found === undefined || found.state === "parked" ? { ...answer } : undefined;
  });
  if (ack.ok) return ack as Ack;
  outbox.discard(op);
  throw new Refused(ack.errors ? (ack as Ack) : takenBack);
}

const takenBack: Ack = { ok: false, data: null, errors: { errors: "This was taken back." } };
