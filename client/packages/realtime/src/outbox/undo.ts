/** The way back from one's own edits, and from any commit, without overwriting what came after it. */
import type { Ack } from "../protocol/messages.js";
import type { AnyRecord } from "../protocol/protocol.js";
import type { Commands } from "./commands.js";
import type { Outbox } from "./outbox.js";

const takenBack: Ack<never> = { ok: true, data: null, errors: {} };
const noJournal: Ack<never> = {
  ok: false,
  data: null,
  errors: { errors: "This server keeps no history, so it cannot take this back." },
  meta: { code: "unknown_event" },
};

export class Undo {
  readonly #outbox: Outbox;
  readonly #commands: Commands;

  constructor(outbox: Outbox, commands: Commands) {
    this.#outbox = outbox;
    this.#commands = commands;
  }

  /**
   * Takes an edit back, wherever it is by now: one that waits is dropped, and the server undoes one
   * that is done. If somebody changed the same since, it stays as it is, and the ack is a conflict.
   */
  async edit(op: string): Promise<Ack<AnyRecord>> {
    while (!this.#outbox.discard(op)) {
      if (!this.#outbox.isOnItsWay(op)) {
        const seq = this.#outbox.sentOps.seqOf(op);
        return seq === null ? noJournal : this.commit(seq);
      }
      await this.#outbox.ops.next();
    }
    this.#outbox.forgetDuplicates();
    return takenBack;
  }

  /** Has the server undo a commit; a conflict if somebody changed the same since. */
  async commit(seq: number): Promise<Ack<AnyRecord>> {
    const ack = await this.#commands.send<AnyRecord>("undo", { seq });
    this.#outbox.forgetDuplicates();
    return ack;
  }
}
